import pc from "picocolors";

/**
 * Colours: on a terminal, or where FORCE_COLOR asks for them, and never where NO_COLOR or
 * `--no-color` forbids them. What is piped stays plain, in a CI job too, where picocolors alone would colour it.
 */
export function coloursFor(isTerminal: boolean): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && (isTerminal || Boolean(process.env.FORCE_COLOR)));
}
