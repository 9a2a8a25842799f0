import type { ComponentChildren } from "preact";
import "./curves.css";

export function CurveKey({ children }: { readonly children: ComponentChildren }) {
  return (
    <p class="key">
      <span class="line train" /> training pairs <span class="line test" /> test pairs
      <span class="faint">{children}</span>
    </p>
  );
}
