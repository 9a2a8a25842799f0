/** What a report of several parts is called. */
export const SEVERAL = {
  title: "Pairs of digits: what each hint is worth",
  introduction:
    "Is the first of two handwritten digits less than or equal to the second? Small networks learn it from pairs of MNIST images, each told something else about the problem. Each part below is what one command found.",
} as const;
