/** Commands of the documents that no test runs as they stand there, each with its reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci && npm run reproduce": "takes a minute, and the npm registry; test/cli has reproduce with fewer rounds",
  "npm run build && npx tsc -b bench && node dist/bench/image-coverage.js":
    "takes minutes, and a clone; the intervals' own test simulates fewer experiments",
  "npm install svg-country-flags@1.2.10 famfamfam-flags@1.0.0": "takes the npm registry; the test has both packages",
  "npm install path/to/pairlab-0.1.0.tgz": "the test has installed the tarball, from another path",
  "npx pairlab serve": "goes on until it is interrupted; test/cli and test/page have it",
  "npx pairlab worth": "takes minutes; test/cli has worth with fewer rounds",
  "npx vitest run test/browsers": "is a test of its own",
  "npx vitest run test/onnx": "is a test of its own",
  "npm install onnxruntime-web": "takes the npm registry; the test has the package",
  "pip install onnxruntime pillow":
    "takes Python's registry; the test has Pillow, and a stand-in that calls ONNX Runtime",
  "pairlab data show PATH --sheet sheet.png": "the folder is the reader's",
  "pairlab data verify --data DIR": "the folder is the reader's",
  "pairlab train one-by-one --data DIR": "the folder is the reader's",
  "pairlab compare weight-sharing matching --relation equal --data flags --fit pad --reuse --rounds 10":
    "takes minutes; test/cli has compare with fewer rounds",
  "npx pairlab compare weight-sharing-auxiliary --optimizers all --trials 24 --rounds 30":
    "takes hours; test/cli has it with fewer rounds",
};
