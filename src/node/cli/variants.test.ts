import { expect, test } from "vitest";
import { augmentations } from "../../core/data/augmentation.js";
import { InvalidRequest } from "../../core/errors.js";
import { parseVariant } from "./variants.js";

test("only an architecture's name changes nothing", () => {
  expect(parseVariant("mlp")).toEqual({ name: "mlp", architecture: "mlp", settings: {}, overrides: {} });
});

test("settings are read as their options are, and the name is in one form", () => {
  expect(parseVariant("weight-sharing: optimizer=sgd , learning-rate=5e-2,momentum=0.90,nesterov=true")).toEqual({
    name: "weight-sharing:optimizer=sgd,learning-rate=0.05,momentum=0.9,nesterov",
    architecture: "weight-sharing",
    settings: { optimizer: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true },
    overrides: { optimizer: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true },
  });
});

test("every kind of setting: names, whole numbers, what is named otherwise within, and off", () => {
  const settings = "augmentation=mild,pairs=500,partners=3,pairing=drawn,views=none,evaluate=end,nesterov=false";
  const variant = parseVariant(`best:${settings}`);
  expect(variant.name).toBe(`best:${settings}`);
  expect(variant.settings).toMatchObject({ augmentation: "mild", trainPairs: 500, nesterov: false });
  expect(variant.overrides).toEqual({
    augmentation: augmentations.mild,
    trainPairs: 500,
    partners: 3,
    pairing: "drawn",
    views: "none",
    evaluate: "end",
    nesterov: false,
  });
});

test.each([
  ["mlp:epoch=2", /^mlp:epoch=2: there is no setting "epoch": did you mean epochs\?$/],
  ["mlp:seed=2", /^mlp:seed=2: seed must be the same for everything compared: give it as --seed$/],
  ["mlp:evaluate-on=validation", /: give it as --evaluate-on$/],
  [
    "mlp:epochs=many",
    /^mlp:epochs=many: option '--epochs <count>' argument 'many' is invalid. It must be a whole number from 1 to 100000.$/,
  ],
  ["mlp:optimizer=adagrad", /Allowed choices are adam, adamw, sgd, rmsprop, lion, muon.$/],
  ["mlp:dropout=1", /at least 0 and below 1/],
  ["mlp:learning-rate=", /argument '' is invalid/],
  ["mlp:epochs", /^mlp:epochs: epochs has no value: give epochs=VALUE$/],
  ["mlp:", /a setting is missing: give OPTION=VALUE/],
  ["mlp:epochs=2,", /a setting is missing/],
  ["mlp:epochs=2,epochs=3", /epochs is given twice/],
  ["mlp:nesterov=perhaps", /nesterov is true or false, not "perhaps"/],
  ["mpl:epochs=2", /did you mean mlp\?/],
])("%s is refused", (argument, message) => {
  expect(() => parseVariant(argument)).toThrow(InvalidRequest);
  expect(() => parseVariant(argument)).toThrow(message);
});
