import type { ConsultationNotice, ConsultationNoticeFacts, NoticeKind, NoticeRefusal } from "#app/domain/notice.ts";
import { longDay } from "./dates.ts";
import { stairwellName } from "./places.ts";
import { publicWords } from "./public.ts";

const words = publicWords.stairwell.consultation;

export const notices = {
  title: "公示公告",
  lead: "按公布的日期排列，最新的在上面。",
  none: "还没有公告",
  noneLead: "意见征询开始、延长和结果的公告会出现在这里。",
  number: (code: string, number: number) => `${code} 第 ${number} 号`,
  published: (day: string) => `${longDay(day)}公布`,
  until: (day: string) => `公示到 ${longDay(day)}为止`,
  withdrawn: "这份公告已经撤回",
  withdraws: "撤回的公告",
  remark: "说明",
  seal: ["居民委员会（盖章）", "日期"],
  sealLead: "结果已封存签名，谁都可以核对：打开本站“核对回执”，对照下面的校验码和公钥。",
  print: "要打印，选 A4 纸。",
  kinds: {
    opening: "意见征询公告", extension: "征询延长公告", result: "征询结果公告", assessment: "条件评估公告", plan: "方案公示", agreement: "协议签订公告",
    filing: "备案公告", construction: "开工公告", stop: "暂停公告", acceptance: "验收和使用登记公告", "in-use": "投入使用公告", other: "公告",
  } satisfies Record<NoticeKind, string>,

  desk: {
    title: "公告",
    lead: "按征询的数据起草好，看一遍再发布。发布后不能改，只能撤回重发。",
    draft: (kind: string) => `待发布：${kind}`,
    remark: "补充说明（选填）",
    remarkHint: "例如：投票箱放在门卫室。不写姓名",
    publish: "看过了，发布",
    none: "现在没有要发布的公告",
    list: "已发布",
    withdraw: "撤回这份公告",
    withdrawReason: "撤回的原因",
  },

  withdrawalTitle: (title: string) => `撤回：${title}`,

  /** The text of a notice, a paragraph a line. */
  draft(kind: ConsultationNotice, facts: ConsultationNoticeFacts): { title: string; body: string } {
    const { consultation, committee, phone } = facts;
    const whole = consultation.scope === "community";
    const name = stairwellName(facts.community, facts.entrance);
    const who = whole ? `${facts.community}全体业主` : `${name}全体业主`;
    const title = `${name}加装电梯${whole ? "全小区" : ""}${notices.kinds[kind]}`;
    const call = `有疑问请打电话给${committee}：${phone}。`;
    const until = `${longDay(consultation.closesOn)} ${consultation.closesAt}`;
    if (kind === "extension") {
      const from = consultation.extendedFrom ? `原定 ${longDay(consultation.extendedFrom)}截止，` : "";
      return { title, body: [`${who}：`, `${from}现延长到 ${until} 截止。已经交回的表决票继续有效，截止前可以改。`, call].join("\n") };
    }
    if (kind === "result" && consultation.result) {
      const { heads, tests, passed } = consultation.result;
      const lines = tests.map(({ test, need, strict, met, figures }) => `${words.test(test)}：${figures ? words.verdict(need, strict, met, figures.needed) : words.noFigures(need, strict, met)}。`);
      return {
        title,
        body: [`${who}：`, `${words.result(passed)}。`, words.heads(consultation.scope, heads.roll, heads.participated, heads.agree), ...lines, `依据：${facts.source}。`, call].join("\n"),
      };
    }
    return {
      title,
      body: [
        `${who}：`,
        `${name}加装电梯意见征询于 ${longDay(consultation.openedOn)}开始，${until} 截止。本次共 ${facts.flats} 户。${whole ? words.community : ""}`,
        `规则：${facts.rule}。${facts.source}。`,
        "业主可以在网上表决，也可以交纸质表决票，一样算数。截止前不公布票数。",
        call,
      ].join("\n"),
    };
  },
} as const;

export const noticeProblems = {
  notice_not_due: "现在没有这份公告要发布，也许同事已经发布了。",
  notice_changed: "截止日期刚刚改了，公告已重新起草。请再看一遍，再发布。",
  notice_unknown: "没有这份公告。",
  notice_withdrawn: "这份公告已经撤回，不用再做什么。",
} as const satisfies Record<NoticeRefusal, string>;
