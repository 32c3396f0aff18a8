// Reads a list of GIFT texts from stdin as JSON; says what gift-pegjs makes of each, as JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { parse } = createRequire(`${process.cwd()}/`)("gift-pegjs");
const read = (text) =>
  parse(text)
    .filter((one) => one.type !== "Category")
    .map((one) => ({
      type: one.type,
      title: one.title,
      stem: one.stem,
      choices: one.choices.map((choice) => ({ text: choice.text, isCorrect: choice.isCorrect })),
      feedback: one.globalFeedback,
    }));

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
