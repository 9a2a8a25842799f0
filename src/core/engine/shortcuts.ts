/**
 * Ways to compute the same values with fewer operations. Without any, every product is computed in full.
 *
 * - `winograd`: convolutions use Winograd's algorithms
 * - `winners`: gradients follow max-pool's winners instead of passing through every pixel
 * - `zero gradients`: linear layers send back only the gradients that ReLU and dropout let pass
 * - `zero inputs`: first layers skip the images' background, and linear layers skip zeros
 */
export type Shortcut = "winograd" | "winners" | "zero gradients" | "zero inputs";

/** Every way to save operations. This is the default of a `Model`. */
export const allShortcuts: readonly Shortcut[] = ["winograd", "winners", "zero gradients", "zero inputs"];
