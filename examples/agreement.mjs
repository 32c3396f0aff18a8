// Where do the sides deny each other, and where do they agree? Prints who answers whom, how, how often, and each claim that
// another side concedes or corroborates. Node 18 or newer, nothing to install: `node examples/agreement.mjs [ADDRESS] [TOPIC]`.
const [site = "http://127.0.0.1:8000", topic] = process.argv.slice(2);

async function* records(address) {
  while (address) {
    const answer = await fetch(address);
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${address}: ${body.detail}`);
    yield* body.results;
    address = body.next;
  }
}

const counts = new Map();
const agreed = [];
const asked = new URLSearchParams({ limit: 200, include: "claims", ...(topic && { topic }) });
try {
  for await (const { from, from_stance, type, to, to_stance, claims } of records(`${site}/api/v1/responses/?${asked}`)) {
    const pair = `${from_stance} to ${to_stance}`;
    const row = counts.get(pair) ?? {};
    counts.set(pair, { ...row, [type]: (row[type] ?? 0) + 1 });
    if (["concedes", "corroborates"].includes(type) && from_stance !== to_stance) {
      agreed.push(`- ${from_stance} (${from}) ${type} ${to_stance} (${to}): ${claims[to].text}`);
    }
  }
} catch (error) {
  console.error(error.cause ? `${site} cannot be read: ${error.cause.message}` : error.message);
  process.exit(1);
}
console.table(Object.fromEntries([...counts].sort()));
console.log(["\nWhat another side concedes or corroborates:", ...agreed].join("\n"));
