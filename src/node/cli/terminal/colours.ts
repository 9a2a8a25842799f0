import pc from "picocolors";

/**
 * Colours: on a terminal, or where FORCE_COLOR asks for them, and never where NO_COLOR or
 * `--no-color` forbids them. Piped output stays plain, also in a CI job, where picocolors by default would colour it.
 */
export function coloursFor(isTerminal: boolean): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && (isTerminal || Boolean(process.env.FORCE_COLOR)));
}
