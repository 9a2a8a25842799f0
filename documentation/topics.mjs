// Groups the public names by what they are about, told by the folder that declares them, in place of by their kind.
import { Comment, CommentTag, Converter, DeclarationReflection, ReflectionKind } from "typedoc";

/** By folder in src/core; the file decides where a folder is not of one topic. */
const TOPICS = [
  [/\/core\/(data|pictures|random)\//, "Data"],
  [/\/core\/(network|architectures)\//, "Networks"],
  [/\/core\/training\/trained-network\.ts$/, "Evaluation and prediction"],
  [/\/core\/(training|engine|settings|kernels|generated)\//, "Training"],
  [/\/core\/(embedded-kernels|errors|limits|project-config)\.ts$/, "Training"],
  [/\/core\/inspection\//, "Evaluation and prediction"],
  [/\/core\/measures\//, "Measures"],
  [/\/core\/statistics\//, "Statistics"],
  [/\/core\/experiments\//, "Experiments"],
  [/\/core\/formats\//, "Formats"],
  [/\/node\/data\//, "Data"],
  [/\/node\/(workers|queue|runs|kernels)/, "Training"],
];

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    const modules = context.project.getChildrenByKind(ReflectionKind.Module);
    for (const module of modules) for (const name of module.children ?? []) tag(context, name);
  });
}

function tag(context, reflection) {
  const [declaration] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
  const file = declaration?.getSourceFile().fileName ?? "";
  const [, topic] = TOPICS.find(([path]) => path.test(file)) ?? [];
  if (topic === undefined) throw new Error(`${reflection.name} of ${file} has no topic: give its folder one in documentation/topics.mjs`);
  const those = reflection instanceof DeclarationReflection && reflection.signatures ? reflection.signatures : [reflection];
  for (const each of those) {
    each.comment ??= new Comment();
    each.comment.blockTags.push(new CommentTag("@group", [{ kind: "text", text: topic }]));
  }
}
