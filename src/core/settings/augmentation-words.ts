import { type Augmentation, augmentations, leanAugmentation } from "../data/augmentation.js";

/** An augmentation by its name, or by its parts: "strong", "rotation ±5°, noise 3 grey levels". */
export function augmentationWords(augmentation: Augmentation = {}): string {
  const text = JSON.stringify(leanAugmentation(augmentation) ?? {});
  const named = Object.entries(augmentations).find(
    ([, preset]) => JSON.stringify(leanAugmentation(preset) ?? {}) === text,
  );
  return named ? named[0] : augmentationParts(augmentation);
}

/** What an augmentation does, amount by amount; "none" where it does nothing. */
export function augmentationParts(augmentation: Augmentation = {}): string {
  const { rotation, scale, shear, shift, elastic, thickness, noise, resampling } = augmentation;
  const parts = [
    rotation && `rotation ±${rotation}°`,
    scale && `scale ±${Number((100 * scale).toPrecision(12))}%`,
    shear && `shear ±${shear}`,
    shift && `shift ±${shift} px`,
    elastic && `elastic ${elastic} px`,
    thickness && `thickness ±${thickness}`,
    noise && `noise ${noise} grey levels`,
    resampling === "bilinear" && "bilinear",
  ];
  return parts.filter(Boolean).join(", ") || "none";
}
