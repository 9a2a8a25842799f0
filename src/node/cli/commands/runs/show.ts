import { constantAnswerOf } from "../../../../core/experiments/shared/constant-answer.js";
import { type Setting, trainingSettings } from "../../../../core/experiments/shared/method.js";
import { visible } from "../../../../core/formats/visible.js";
import { networkInWords } from "../../../../core/network/words.js";
import { NO_ANNOTATIONS } from "../../../../core/runs/annotations.js";
import { localTime, percent } from "../../../../core/text/format.js";
import { classWord } from "../../../../core/training/job.js";
import type { RunRecord } from "../../../../core/training/run.js";
import { annotationsIn } from "../../../runs/annotations.js";
import { RunStore } from "../../../runs/store.js";
import { lastUsed } from "../../../runs/times.js";
import { describeRun } from "../../describe-run.js";
import { formatTable } from "../../terminal/columns.js";
import { Lines } from "../../terminal/lines.js";
import { print, printJson, remark, terminalWidth } from "../../terminal/output.js";
import { wrap } from "../../terminal/wrap.js";
import { saidOf } from "./documents.js";

export interface ShowOptions {
  readonly runs: string;
  readonly epochs?: true | undefined;
  readonly json?: true | undefined;
}

/** `pairlab runs show`: a run's record. */
export async function showRun(reference: string, { runs, epochs, json }: ShowOptions): Promise<void> {
  const store = new RunStore(runs);
  const { record } = await store.resolve(reference);
  const { byId, unreadable } = annotationsIn(store.folder, [record.id]);
  for (const line of unreadable) remark(line);
  const said = byId.get(record.id) ?? NO_ANNOTATIONS;
  if (json) {
    printJson({ ...record, ...saidOf(said) });
    return;
  }
  const time = lastUsed(store.folder, [record.id]).get(record.id) ?? 0;
  print(describeRun(record, runs));
  const { constantAnswer } = constantAnswerOf(record);
  if (constantAnswer) print(`It says ${constantAnswer} to every ${record.config.evaluateOn} pair, whatever they show.`);
  print("");
  const settings = [
    ...settingsOfRun(record),
    ...(said.tags.length > 0 ? [{ name: "Tags", value: said.tags.join(", ") }] : []),
    ...(said.note ? [{ name: "Note", value: said.note }] : []),
    { name: "Last used", value: localTime(time) },
  ];
  print(describeSettings(settings, terminalWidth()));
  print("");
  print(record.epochs.length > 0 ? epochTable(record, epochs === true) : "no epoch was evaluated");
}

function settingsOfRun(record: RunRecord): Setting[] {
  const { parameters, config } = record;
  const { network, dataset, engine } = config;
  const { image, pair } = networkInWords(network, classWord(dataset));
  const { members } = network;
  const trunks = network.trunks === "separate" ? ", with weights of its own" : members ? `, ${members} times` : "";
  return [
    ...(image ? [{ name: `Each image${trunks}`, value: image }] : []),
    { name: "The pair", value: pair },
    { name: "Parameters", value: parameters.toLocaleString("en-US") },
    ...trainingSettings([record]),
    { name: "Images", value: `${dataset.name}, SHA-256 ${dataset.sha256}` },
    { name: "Engine", value: `pairlab ${engine.version}, ${engine.simd} SIMD, kernels ${engine.kernels}` },
  ];
}

/** Names on the left, values on the right, in lines of at most `width` characters if that leaves room for the values. */
function describeSettings(settings: readonly Setting[], width: number): Lines {
  const names = Math.max(...settings.map(({ name }) => name.length)) + 2;
  return new Lines(
    settings.flatMap(({ name, value }) =>
      wrap(visible(value), Math.max(width - names, 20)).map(
        (line, i) => `${(i === 0 ? name : "").padEnd(names)}${line}`,
      ),
    ),
  );
}

/** All evaluated epochs, or the first, the best and the last. */
function epochTable({ epochs, config }: RunRecord, all: boolean): Lines {
  const best = epochs.reduce((a, b) => (b.testAccuracy > a.testAccuracy ? b : a));
  const shown = all ? epochs : epochs.filter((epoch, i) => i === 0 || epoch === best || i === epochs.length - 1);
  const evaluated = config.evaluateOn;
  const rows = shown.map((epoch) => [
    String(epoch.epoch),
    epoch.trainLoss.toFixed(4),
    epoch.testLoss.toFixed(4),
    percent(1 - epoch.trainAccuracy),
    percent(1 - epoch.testAccuracy),
    epoch === best ? `lowest ${evaluated} error` : "",
  ]);
  const head = ["epoch", "train loss", `${evaluated} loss`, "train error", `${evaluated} error`, ""];
  return formatTable(head, rows);
}
