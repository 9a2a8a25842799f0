import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Answers EINVAL where folders are flushed, and with FLUSH=none where files are too. */
const FLUSH = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
static int flush(int file, const char *name) {
  struct stat about;
  const char *which = getenv("FLUSH");
  if (fstat(file, &about) == 0 && (S_ISDIR(about.st_mode) || (which && !strcmp(which, "none")))) {
    errno = EINVAL;
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}
int fsync(int file) { return flush(file, "fsync"); }
int fdatasync(int file) { return flush(file, "fdatasync"); }
`;

/** Shifts the clock by SHIFT seconds. */
const CLOCK = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long shift(void) { const char *by = getenv("SHIFT"); return by ? atol(by) : 0; }
int clock_gettime(clockid_t clock, struct timespec *now) {
  int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, now);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += shift();
  return result;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int (*real)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
  int result = real(now, zone);
  now->tv_sec += shift();
  return result;
}
`;

const SOURCES = { flush: FLUSH, clock: CLOCK } as const;

/**
 * Compiles what takes the place of functions of the C library in programs that are started with it.
 *
 * @returns the words before a command that start it so; or why there are none
 */
export function shim(
  name: keyof typeof SOURCES,
  folder: string,
): ((...variables: string[]) => readonly string[]) | { readonly obstacle: string } {
  if (process.platform !== "linux") return { obstacle: "this is not Linux" };
  const [source, library] = [join(folder, `${name}.c`), join(folder, `${name}.so`)];
  writeFileSync(source, SOURCES[name]);
  const { status } = spawnSync("gcc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]);
  if (status !== 0) return { obstacle: "there is no gcc" };
  return (...variables) => ["env", `LD_PRELOAD=${library}`, ...variables];
}
