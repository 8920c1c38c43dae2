import { randomBytes } from "node:crypto";
import { noticeMessages } from "#app/i18n/zh-CN/opinions.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { seenOf } from "#app/use-cases/digest.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { addPostedPhotos } from "#app/use-cases/notice/add-posted-photos.server.ts";
import { publishStageNotice } from "#app/use-cases/notice/publish-stage-notice.server.ts";
import { readStageDraft } from "#app/use-cases/notice/read-stage-draft.server.ts";
import { addMediationStep } from "#app/use-cases/opinion/add-mediation-step.server.ts";
import { answerOpinion } from "#app/use-cases/opinion/answer-opinion.server.ts";
import { recordOpinion } from "#app/use-cases/opinion/record-opinion.server.ts";
import type { Outcome } from "#app/use-cases/transact.server.ts";
import type { DemoStairwell } from "#db/seeds/demo.server.ts";
import { drawPlan, drawPoster } from "./demo-drawings.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";

interface Seeding extends FileDeps {
  ago: (days: number) => Date;
  clerks: readonly number[];
}

const OPINIONS = [
  { days: 3, kind: "suggestion", channel: "phone", text: "电梯机房会不会吵到六楼？", answer: "选用无机房电梯，曳引机在井道顶部，做隔声。运行声音按规范检测，结果会公布。" },
  { days: 2, kind: "objection", channel: "paper", text: "井道正对我家厨房窗户，担心挡光。请改用透明玻璃，或往西移一米。", answer: null },
] as const;

/** A plan in public notice for four days: with its drawing, its proof, a question that was answered and an objection that is being mediated. */
export async function seedPlanNotice({ ago, clerks, ...deps }: Seeding, { code: stairwell, committee, flats }: DemoStairwell): Promise<void> {
  const accountId = clerks[committee * 2] ?? 0;
  const at = (days: number): FileDeps => ({ ...deps, now: ago(days) });
  const facts = await readStageDraft(deps.db, { stairwell, now: ago(4) });
  if (!facts) throw new Error(`the demo has no stairwell ${stairwell}`);
  const write = (draft: typeof facts) => stageNotices.draft("plan", draft);
  const { notice } = must(
    await publishStageNotice(at(4), {
      stairwell, kind: "plan", seen: seenOf(write(facts)), looked: true, drawings: [await drawPlan()], caption: stageNotices.drawing, write, accountId, formKey: formKey(),
    }),
  );
  must(await addPostedPhotos(at(3.5), { notice, photos: [await drawPoster()], looked: true, caption: stageNotices.posted, accountId, formKey: formKey() }));
  for (const { days, kind, channel, text, answer } of OPINIONS) {
    const by = { channel, accountId, name: "住户", phone: flats[days]?.phone ?? null, receivedOn: null };
    const { opinion } = must(await recordOpinion(at(days), { notice, kind, room: null, text, by, formKey: formKey() }));
    if (answer) must(await answerOpinion(at(days - 1), { stairwell, opinion, text: answer, message: noticeMessages.answered, accountId, formKey: formKey() }));
    else {
      const met = { stairwell, opinion, step: "session", heldOn: shanghaiDay(ago(1)), text: "在居委会谈了一次，设计单位到场，答应算一次日照。", accountId, formKey: formKey() } as const;
      must(await addMediationStep(at(1), met));
    }
  }
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

const formKey = () => randomBytes(16).toString("base64url");
