import type { Problem } from "#app/domain/problem.ts";
import { accountProblems } from "./accounts.ts";
import { authenticatorProblems } from "./authenticator.ts";
import { assessmentProblems } from "./assessment.ts";
import { assistedProblems } from "./assisted.ts";
import { bindingProblems } from "./binding.ts";
import { ballotLookProblems } from "./ballot-look.ts";
import { courseProblems } from "./consultation-course.ts";
import { noticeProblems } from "./notices.ts";
import { faultProblems } from "./site-faults.ts";
import { constructionProblems } from "./construction.ts";
import { faqProblems } from "./faq.ts";
import { opinionProblems } from "./opinions.ts";
import { stageNoticeProblems } from "./stage-notices.ts";
import { consultationProblems } from "./consultation.ts";
import { fileProblems } from "./files.ts";
import { handoutProblems } from "./handouts.ts";
import { firmProblems } from "./firms.ts";
import { intentProblems } from "./intent.ts";
import { photoProblems } from "./photos.ts";
import { planProblems } from "./plans.ts";
import { moneyProblems } from "./money.ts";
import { paperProblems } from "./paper.ts";
import { reminderProblems } from "./reminders.ts";
import { rollProblems } from "./roll-desk.ts";
import { stageProblems } from "./stage-desk.ts";
import { settingProblems } from "./settings.ts";
import { visitProblems } from "./doors.ts";
import { signInProblems } from "./sign-in.ts";
import { ticketProblems } from "./tickets.ts";
import { verifyProblems } from "./verify.ts";

type Sentences = Record<string, string | ((params: Record<string, string | number>) => string)>;

const general: Sentences = {
  question_unknown: "没有这个问题，或已经处理过了。",
  consultation_unknown: "没有这次征询，什么都没有改动。请从列表里选。",
  stairwell_unknown: "没有这个楼道。请从列表里选。",
  form_used_elsewhere: "这张表单已经用过了，请刷新页面再填。",
};

const all: Sentences = {
  ...general,
  ...signInProblems,
  ...accountProblems,
  ...authenticatorProblems,
  ...ballotLookProblems,
  ...intentProblems,
  ...bindingProblems,
  ...assistedProblems,
  ...consultationProblems,
  ...courseProblems,
  ...noticeProblems,
  ...reminderProblems,
  ...stageNoticeProblems,
  ...opinionProblems,
  ...faqProblems,
  ...rollProblems,
  ...fileProblems,
  ...firmProblems,
  ...planProblems,
  ...moneyProblems,
  ...photoProblems,
  ...stageProblems,
  ...assessmentProblems,
  ...settingProblems,
  ...paperProblems,
  ...handoutProblems,
  ...ticketProblems,
  ...visitProblems,
  ...verifyProblems,
  ...constructionProblems,
  ...faultProblems,
};

/** What a refusal says to the person: what happened, what was kept, what to do. */
export function problemText({ code, params = {} }: Problem): string {
  const sentence = all[code];
  if (sentence === undefined) throw new Error(`no sentence for the problem ${code}`);
  return typeof sentence === "function" ? sentence(params) : sentence;
}
