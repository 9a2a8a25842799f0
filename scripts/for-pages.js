/** The files beside docs/ that the documentation's pages have. */
export const COPIED = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "THIRD-PARTY.md", "LICENSE"];

/** A text as typedoc takes it: headings get their anchors from plain text, and there are no sources to link to. */
export const forPages = (text) =>
  text
    .replaceAll(/^(#+ .*)$/gm, (heading) => heading.replaceAll("`", ""))
    .replaceAll(/\]\([\w./-]*#[\w-]+\)/g, (link) => link.replaceAll(/-{2,}/g, "-"))
    .replaceAll(/\[([^\]]*)\]\((?:\.\.\/[\w.-]+|src|test|bench|scripts|deploy)\/[^)]*\)/g, "$1");
