import { describe, expect, it } from "vitest";
import { InvalidRequest } from "../../core/errors.js";
import { queueAddress } from "./address.js";

const nothing = { PAIRLAB_QUEUE: undefined, REDIS_PASSWORD: undefined };
const secret = "p@ss:word/";
const inUrl = encodeURIComponent(secret);

describe("the address of a queue", () => {
  it("is that of the command line, else of the environment, else there is none", () => {
    const PAIRLAB_QUEUE = "redis://there:7000";
    expect(queueAddress(undefined, nothing)).toBeUndefined();
    expect(queueAddress(undefined, { ...nothing, PAIRLAB_QUEUE: "" })).toBeUndefined();
    expect(queueAddress(undefined, { ...nothing, PAIRLAB_QUEUE })).toMatchObject({
      host: "there",
      port: 7000,
      tls: false,
    });
    expect(queueAddress("rediss://here", { ...nothing, PAIRLAB_QUEUE })).toEqual({
      ...{ host: "here", port: 6379, tls: true, db: 0, username: undefined, password: undefined },
      shown: "rediss://here:6379",
    });
    expect(queueAddress("redis://[::1]:6380/3", nothing)).toMatchObject({ host: "::1", port: 6380, db: 3 });
  });

  it("has a user and a password from the environment, and shows neither", () => {
    const PAIRLAB_QUEUE = `redis://some%20one:${inUrl}@there`;
    const address = queueAddress(undefined, { ...nothing, PAIRLAB_QUEUE });
    expect(address).toMatchObject({ username: "some one", password: secret, shown: "redis://there:6379" });
    expect(queueAddress("redis://user@there", { ...nothing, REDIS_PASSWORD: secret })).toMatchObject({
      username: "user",
      password: secret,
    });
  });

  it.each([
    "",
    "there:6379",
    "http://there",
    "redis://",
    "redis://there/x",
    "redis://there?a=b",
    `redis:/:${inUrl}@there`,
  ])("is refused without being shown: %j", (text) => {
    const right = "must be redis://HOST:PORT, or rediss://HOST:PORT for TLS";
    expect(() => queueAddress(text, nothing)).toThrow(new InvalidRequest(`--queue ${right}`));
    if (text === "") return;
    const PAIRLAB_QUEUE = text;
    const environment = { ...nothing, PAIRLAB_QUEUE };
    expect(() => queueAddress(undefined, environment)).toThrow(new InvalidRequest(`PAIRLAB_QUEUE ${right}`));
  });

  it("has no password on the command line, where other users read it", () => {
    expect(() => queueAddress(`redis://:${inUrl}@there`, nothing)).toThrow(
      new InvalidRequest(
        "--queue has a password, which other users of this machine can read in its process list: set PAIRLAB_QUEUE to this address in the environment instead",
      ),
    );
  });
});
