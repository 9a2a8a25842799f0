/** Commands of the documents that no test runs as they stand there, each with its reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci && npm run reproduce": "takes a minute, and the npm registry; test/cli has reproduce with fewer rounds",
  "npm run build && npx tsc -b bench && node dist/bench/image-coverage.js":
    "takes minutes, and a clone; the intervals' own test simulates fewer experiments",
  "npm install svg-country-flags@1.2.10 famfamfam-flags@1.0.0": "takes the npm registry; the test has both packages",
  "npm install path/to/pairlab-0.1.0.tgz": "the test has installed the tarball, from another path",
  "npx pairlab serve": "goes on until it is interrupted; test/cli and test/page have it",
  "npx pairlab variance mlp --tunings 9 --test-pairs 5000": "takes a minute; test/cli has variance with fewer runs",
  "npx pairlab variance mlp": "takes a minute; test/cli has variance with fewer runs",
  "npm run build && npx tsc -b bench && node dist/bench/variance-coverage.js":
    "takes minutes, and a clone; the estimates' own test simulates fewer experiments",
  "npx pairlab compare weight-sharing weight-sharing-auxiliary --rounds 10":
    "takes a minute; test/cli has compare with fewer rounds",
  "npx pairlab worth": "takes minutes; test/cli has worth with fewer rounds",
  "npx vitest run test/browsers": "is a test of its own",
  "ONNX_ALL_PAIRS=1 npx vitest run test/onnx": "is a test of its own",
  "npm install onnxruntime-web": "takes the npm registry; the test has the package",
  "pip install onnxruntime pillow":
    "takes Python's registry; the test has Pillow, and a stand-in that calls ONNX Runtime",
  "npx pairlab data show PATH --sheet sheet.png": "the folder is the reader's",
  "npx pairlab data verify --data DIR": "the folder is the reader's",
  "npx pairlab train one-by-one --data DIR": "the folder is the reader's",
  "npx pairlab compare weight-sharing matching --relation equal --data flags --fit pad --reuse --rounds 10":
    "takes minutes; test/cli has compare with fewer rounds",
  "npx pairlab compare weight-sharing-auxiliary --optimizers all --trials 24 --rounds 30":
    "takes hours; test/cli has it with fewer rounds",
  "sbatch compare.sh": "takes a cluster; the document's test runs the script as one task",
  "sha256sum task-*.txt | cut -d ' ' -f 1 | uniq -c": "takes a cluster; the document's test has the hash",
  "grep -hE '^[0-9]+/20 ' task-*.log | grep -vc 'kept from before'":
    "takes a cluster; test/store has four processes that share a store",
  "npm install bullmq@6.7.0 ioredis@6.0.0": "takes the npm registry; test/package has the command without them",
  "npx pairlab worker --queue redis://redis.example:6379": "takes a Redis; test/queue has workers",
  "npx pairlab compare mlp one-by-one --rounds 30 --queue redis://redis.example:6379":
    "takes a Redis; test/queue has commands with a queue",
  "REDIS_PASSWORD=secret docker compose --file deploy/compose.yaml up --detach": "takes Docker",
  "PAIRLAB_QUEUE=redis://127.0.0.1:6379 REDIS_PASSWORD=secret npx pairlab compare mlp one-by-one":
    "takes a Redis; test/queue has commands with a password",
};
