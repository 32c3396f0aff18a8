// Reads a list of Argdown documents from stdin as JSON; says what @argdown/core makes of each, as JSON.
import { readFileSync } from "node:fs";
import { ArgdownApplication, DataPlugin, ModelPlugin, ParserPlugin } from "@argdown/core";

const app = new ArgdownApplication();
app.addPlugin(new ParserPlugin(), "parse-input");
app.addPlugin(new DataPlugin(), "build-model");
app.addPlugin(new ModelPlugin(), "build-model");

const read = (input) => {
  const response = app.run({ input, process: ["parse-input", "build-model"], throwExceptions: true });
  const said = [...(response.lexerErrors ?? []), ...(response.parserErrors ?? []), ...(response.exceptions ?? [])];
  return {
    errors: said.map((error) => String(error.message ?? error)),
    frontMatter: response.frontMatter,
    statements: Object.values(response.statements).map((statement) => ({
      id: statement.title,
      texts: statement.members.filter((member) => member.text).map((member) => member.text.trim()),
      tags: statement.tags ?? [],
      data: statement.data ?? {},
      heading: statement.section?.title,
      section: statement.section?.data,
    })),
    arguments: Object.keys(response.arguments),
    relations: response.relations.map((relation) => ({
      from: relation.from.title,
      to: relation.to.title,
      type: relation.relationType,
      times: relation.occurrences.length,
    })),
  };
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
