/**
 * Ways to compute the same with fewer operations; without any, every product is computed in full.
 *
 * - `winograd`: convolutions by Winograd's algorithms
 * - `winners`: gradients follow max-pool's winners instead of passing through every pixel
 * - `zero gradients`: linear layers send back only what ReLU and dropout let pass
 * - `zero inputs`: first layers pass over the images' background, linear layers over zeros
 */
export type Shortcut = "winograd" | "winners" | "zero gradients" | "zero inputs";

/** Every way to save operations: what a `Model` uses unless told otherwise. */
export const allShortcuts: readonly Shortcut[] = ["winograd", "winners", "zero gradients", "zero inputs"];
