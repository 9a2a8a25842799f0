import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PairlabProcess, until } from "../../bench/processes.js";
import { RedisServer } from "../../bench/redis.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
let server: RedisServer;
const at = (name: string): string => join(folder.path, name);

const openssl = (...words: readonly string[]) => execFileSync("openssl", words, { cwd: folder.path, stdio: "ignore" });

beforeAll(async () => {
  folder = await temporaryFolder();
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=an authority of our own");
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "key.pem",
    "-out",
    "cert.pem",
    "-subj",
    "/CN=redis",
    ...["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=IP:127.0.0.1"],
  );
  const files = [
    "--tls-cert-file",
    at("cert.pem"),
    "--tls-key-file",
    at("key.pem"),
    "--tls-ca-cert-file",
    at("ca.pem"),
  ];
  server = await RedisServer.start([...files, "--tls-auth-clients", "no", "--requirepass", "secret"], "tls");
});
afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

const train = (environment: NodeJS.ProcessEnv) =>
  PairlabProcess.start(["train", "quick", "--epochs", "1", "--pairs", "20", "--runs", at("runs")], {
    PAIRLAB_QUEUE: `rediss://127.0.0.1:${server.port}`,
    ...environment,
  });

test("a certificate of an unknown authority, and a wrong password, are refused in one line", async () => {
  const known = { NODE_EXTRA_CA_CERTS: at("ca.pem") };
  for (const [environment, says] of [
    [{ REDIS_PASSWORD: "secret" }, /^error: cannot use Redis at rediss:\/\/127\.0\.0\.1:\d+: .*certificate.*\n$/],
    [{ ...known, REDIS_PASSWORD: "wrong" }, /^error: cannot use Redis at rediss:\/\/127\.0\.0\.1:\d+: WRONGPASS .+\n$/],
  ] as const) {
    const command = train(environment);
    expect(await command.ended).toEqual({ code: 2, signal: null });
    expect(command.stderr).toMatch(says);
  }
});

test("with its authority, runs go by TLS", async () => {
  const environment = { NODE_EXTRA_CA_CERTS: at("ca.pem"), REDIS_PASSWORD: "secret" };
  const worker = await PairlabProcess.worker({ ...environment, PAIRLAB_QUEUE: `rediss://127.0.0.1:${server.port}` });
  const command = train(environment);
  expect(await command.ended).toEqual({ code: 0, signal: null });
  await until(() => worker.trained.length === 1);
  await worker.stop();
});
