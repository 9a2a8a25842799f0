import { codeOf } from "./errors.js";

/** What was in the way, by the system's codes. */
const OBSTACLES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  EEXIST: "there is a file of that name",
  EISDIR: "there is a folder of that name",
  ENOTEMPTY: "there is a folder of that name",
  ENOENT: "no such folder",
  ENOTDIR: "a part of the path is a file",
  ELOOP: "symbolic links lead round in a circle",
  EBUSY: "it is in use, as a mount point for instance",
  ETXTBSY: "it is a program that is running",
  EBADF: "it is not open for writing",
  ENXIO: "there is no such device",
  EMFILE: "the process may open no more files",
  ENFILE: "the machine may open no more files",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "files may not be that large here",
  EIO: "the disk fails",
  ENAMETOOLONG: "the name is too long",
};

/** What was in the way of a system call that failed, in words where there are some. */
export function obstacle(error: unknown): string {
  const code = codeOf(error);
  return OBSTACLES[code] ?? code;
}
