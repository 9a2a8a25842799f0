/** Commands of the documents that no test runs as they stand there, each with its reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci && npm run reproduce": "takes a minute, and the npm registry; test/cli has reproduce with fewer rounds",
  "npm ci && npm test": "is what runs this",
  "npx pairlab compare mlp simple-cnn weight-sharing weight-sharing-auxiliary one-by-one --rounds 30":
    "takes minutes; test/cli has compare with fewer rounds",
  "npx pairlab compare best weight-sharing-auxiliary one-by-one --rounds 30": "takes an hour",
  "npx pairlab serve": "goes on until it is interrupted; test/cli and test/page have it",
  "npx pairlab worth --preset full": "takes hours; test/cli has worth with fewer rounds",
  "npx pairlab ablate --rounds 30": "takes half an hour; test/cli has ablate with fewer rounds",
  "npx vitest run test/browsers": "is a test of its own",
};
