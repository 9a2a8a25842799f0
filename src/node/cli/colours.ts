import pc from "picocolors";

/**
 * Colours for what goes to `stream`: on a terminal, or where FORCE_COLOR asks for them, and never where NO_COLOR or
 * `--no-color` forbids them. What is piped stays plain, in a CI job too, where picocolors alone would colour it.
 */
export function coloursFor(stream: { readonly isTTY?: boolean }): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && (stream.isTTY === true || Boolean(process.env.FORCE_COLOR)));
}
