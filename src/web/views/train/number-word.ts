const WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

/** A number as a sentence has it: a word up to twelve. */
export const numberWord = (value: number): string => WORDS[value] ?? String(value);
