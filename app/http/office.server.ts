import type { z } from "zod";
import type { progressQuery } from "#app/domain/progress.ts";
import { listProgress } from "#db/queries/progress.server.ts";
import type { PortalContext } from "./context.server.ts";
import { subdistrictOf } from "./desk.server.ts";

/**
 * Which part of the office's own subdistrict a URL asks for, with the communities in it and what else `query` reads.
 *
 * @throws Response 400 for what is no such query, 404 for a part that is not of this subdistrict
 */
export async function readOfficePart<Query extends z.ZodType<Pick<z.infer<typeof progressQuery>, "committee" | "community" | "page">>>(
  context: PortalContext,
  request: Request,
  query: Query,
) {
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const subdistrictId = subdistrictOf(context);
  const { committee, community, ...more } = asked.data;
  const rows = await listProgress(context.db, { subdistrict: subdistrictId, ...(committee !== undefined && { committee }), ...(community !== undefined && { community }) });
  const [first] = rows;
  const isPart = committee !== undefined || community !== undefined;
  if (isPart && !first) throw new Response(null, { status: 404 });
  return {
    part: { subdistrictId, committee, community },
    scope: {
      committee: isPart && first ? { id: first.committeeId, name: first.committee, phone: first.phone } : undefined,
      community: community !== undefined && first ? { code: first.code, name: first.name } : undefined,
    },
    rows,
    ...more,
  };
}
