import { connect as dial } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openedConsultation } from "../support/consultations.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";

let portal: RunningPortal;

beforeAll(async () => {
  portal = await runPortal();
});
afterAll(() => portal.close());

/** Sends bytes as they are and answers with the first line that comes back. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = dial(Number(new URL(portal.url).port), "127.0.0.1", () => socket.write(bytes));
    let answer = "";
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      socket.end();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
  });
}

const isUp = async () => (await fetch(`${portal.url}/help`)).status === 200;

describe("a request that is none", () => {
  it("is refused and leaves the portal running", async () => {
    for (const request of [
      "GET // HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET //evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: [\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
      "GARBAGE\r\n\r\n",
    ]) {
      expect([request, await send(request)]).toEqual([request, expect.stringMatching(/^HTTP\/1\.1 4\d\d /)]);
      expect(await isUp()).toBe(true);
    }
  });

  it("does not end the portal by what it wants written into a header, nor leads elsewhere", async () => {
    for (const back of ["/%01x", "/%09/evil.example/x", "/%E4%B8%AD", "/%0d%0aSet-Cookie:a=b", "/%7f"]) {
      const response = await fetch(`${portal.url}/view?to=normal&back=${back}`, { redirect: "manual" });
      expect([back, response.status, response.headers.get("Location")]).toEqual([back, 302, "/"]);
    }
    expect(await isUp()).toBe(true);
  });

  it("is not read to its end when its body is too long, its length unsaid", async () => {
    const part = `10000\r\n${"a".repeat(65_536)}\r\n`;
    const { sent, answer } = await new Promise<{ sent: number; answer: string }>((resolve) => {
      const socket = dial(Number(new URL(portal.url).port), "127.0.0.1");
      let [sent, answer, over] = [0, "", false];
      const end = () => {
        over = true;
        socket.destroy();
        resolve({ sent, answer });
      };
      const pour = () => {
        while (!over && sent < 100_000_000) {
          sent += part.length;
          if (!socket.write(part)) return void socket.once("drain", pour);
        }
      };
      socket.on("data", (chunk) => {
        answer += chunk.toString("latin1");
        end();
      });
      socket.on("error", end);
      socket.on("close", end);
      socket.write(
        "POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n",
      );
      pour();
    });
    expect(answer === "" || answer.startsWith("HTTP/1.1 411")).toBe(true);
    expect(sent).toBeLessThan(100_000_000);
    expect(await isUp()).toBe(true);
  });
});

describe("the database itself, asked as the application's role", () => {
  const refused = async (statements: string[]): Promise<string> => {
    try {
      await portal.database.db.transaction().execute(async (tx) => {
        for (const statement of statements) await sql.raw(statement).execute(tx);
      });
      return "done";
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };

  it("is not fooled by a temporary table that stands in for one of its own", async () => {
    const ballot = await portal.database.db
      .selectFrom("ballot")
      .innerJoin("consultation", "consultation.id", "ballot.consultationId")
      .select(["ballot.consultationId", "ballot.flatId", "ballot.subdistrictId"])
      .where("consultation.publishedAt", "is not", null)
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(await refused([
      "create temp table consultation (id int, closed_at timestamptz) on commit drop",
      `insert into consultation values (${ballot.consultationId}, null)`,
      `insert into public.ballot (subdistrict_id, consultation_id, flat_id, seq, choice, channel, cast_at)
       values (${ballot.subdistrictId}, ${ballot.consultationId}, ${ballot.flatId}, 9999, 'oppose', 'paper', now())`,
    ])).toBe("JT001");
  });

  it("takes no roll entry after the opening, no early certificate, no moved deadline, no publication without a certificate", async () => {
    const { consultationId: id, stairwell } = await openedConsultation(portal.database.db);
    const flat = stairwell.flats[0]?.id ?? 0;
    expect(await refused([
      `update consultation set close_reason = close_reason where id = ${id}`,
      `insert into roll_entry (consultation_id, flat_id, unit, voter, area) values (${id}, ${flat}, '999', 'X', 1)`,
    ])).toBe("JT003");
    for (const source of ["'import', null", `'portal', (select min(id) from account)`]) {
      expect(await refused([`insert into certificate (consultation_id, result, passed, source, certified_by, certified_at) values (${id}, '{}', true, ${source}, now())`])).toBe("23001");
    }
    expect(await refused([`update consultation set closes_at = closes_at + interval '1 day' where id = ${id}`])).toBe("23001");
    expect(await refused([`update consultation set closed_at = now(), published_at = now() where id = ${id}`])).toBe("23001");
    expect(await refused([`update chain set seq = seq + 7 where stairwell_id = ${stairwell.stairwellId}`])).toBe("23001");
  });

  it("may not touch the record of migrations", async () => {
    expect(await refused(["insert into kysely_migration values ('x', 'y')"])).toBe("42501");
  });
});
