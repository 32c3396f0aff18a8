// A client for the REST API of Debate KB: openapi-fetch with the types of its OpenAPI document (schema.ts, generated),
// and what it lacks: lists page after page.
import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type { components, paths };
export type Problem = components["schemas"]["ProblemDocument"];

/** The API refused a request; `problem.code` is stable, `problem.known` lists what can be given instead. */
export class RefusedError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.name = "RefusedError";
  }
}

/** Make a client of the server at `baseUrl`. */
export function connect(baseUrl: string, options: Omit<ClientOptions, "baseUrl"> = {}): Client<paths> {
  return createClient<paths>({ ...options, baseUrl });
}

type Page<Item> = { next: string | null; results: Item[] };
type ItemOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": Page<infer Item> } } } };
}
  ? Item
  : never;
/** The addresses of lists. */
export type ListPath = { [Path in keyof paths]: [ItemOf<Path>] extends [never] ? never : Path }[keyof paths];
type Asked<Path extends ListPath> = Omit<paths[Path]["get"]["parameters"], "header" | "cookie">;

/** Give every record of a list, page after page. Throws RefusedError. */
export async function* records<Path extends ListPath>(
  client: Client<paths>,
  path: Path,
  params?: Asked<Path>,
): AsyncGenerator<ItemOf<Path>> {
  const query: Record<string, unknown> = { ...params?.query };
  for (;;) {
    const answer = await client.GET(path, { params: { ...params, query } } as never);
    const { data, error } = answer as { data: Page<ItemOf<Path>>; error?: Problem };
    if (error !== undefined) throw new RefusedError(error);
    yield* data.results;
    if (data.next === null) return;
    query.cursor = new URL(data.next).searchParams.get("cursor");
  }
}
