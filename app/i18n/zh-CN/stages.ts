import type { SideState, Stage } from "#app/domain/stages.ts";

export const stageNames: Record<Stage, string> = {
  intent: "意愿摸排",
  reserve: "加梯储备",
  assessment: "条件评估",
  consultation: "意见征询",
  "plan-notice": "方案公示",
  agreement: "协议筹资",
  approval: "联审备案",
  construction: "施工",
  acceptance: "验收登记",
  "in-use": "投入使用",
};

export const sideStateNames: Record<SideState, string> = {
  paused: "暂停",
  disputed: "有争议，协调中",
  ended: "已终止",
  "not-suitable": "评估为不适合",
};

interface StageWords {
  /** What is going on, as a headline. */
  now: string;
  /** What comes after it. */
  next: string;
  /** What a resident can do. */
  you: string;
}

/** What a stage means to the people of the stairwell. */
export const stageWords: Record<Stage, StageWords> = {
  intent: {
    now: "正在了解大家愿不愿意装电梯。",
    next: "三分之二以上的住户愿意，就自动进入加梯储备。",
    you: "本楼道每户都可以填一份意愿，以后随时能改。",
  },
  reserve: {
    now: "已进入加梯储备：三分之二以上的住户愿意。",
    next: "评估人员上门看条件，给出 A 适合、B 较难或 C 不适合。",
    you: "还没填意愿的住户可以接着填，填过的也可以改。",
  },
  assessment: {
    now: "正在评估，看楼道适不适合装电梯。",
    next: "评估为 A，或 B 有解决办法，就可以开始意见征询。",
    you: "请配合查看楼道和管线，有顾虑现在就告诉居委会。",
  },
  consultation: {
    now: "正在准备意见征询：核对业主清册。",
    next: "业主正式表决，结果由两个人核对后公布。",
    you: "请核对自家的面积和产权人，有变动告诉居委会。",
  },
  "plan-notice": {
    now: "征询已经通过，正在公示加梯方案。",
    next: "公示期满、意见都有答复后，签协议、筹资金。",
    you: "对方案有意见，请在公示期内向居委会提出。",
  },
  agreement: {
    now: "正在商量费用、签协议、选代建单位。",
    next: "钱和协议齐了，就送审图和备案。",
    you: "费用由出资的业主商定。请不要把钱打进私人账户。",
  },
  approval: {
    now: "图纸正在审查，办理备案。",
    next: "备案完成后，确定开工日期。",
    you: "现在不用做什么，开工前会贴通知。",
  },
  construction: {
    now: "正在施工。",
    next: "装好后请检验机构来验收，再办使用登记。",
    you: "施工影响生活，请打电话给居委会。",
  },
  acceptance: {
    now: "电梯已装好，正在验收、办使用登记。",
    next: "登记后交付，电梯开门。",
    you: "电梯没有登记前，请不要乘坐。",
  },
  "in-use": {
    now: "电梯已经投入使用。",
    next: "日常由业主约定的单位管理和维护。",
    you: "电梯有故障，请打轿厢里贴的电话。",
  },
};

/** The same while the consultation itself says more than the stage. */
export const consultationWords: Record<"open" | "counting" | "passed" | "failed", StageWords> = {
  open: {
    now: "意见征询正在进行，业主正在表决。",
    next: "截止后由两个人核对，再公布结果。",
    you: "业主可以网上表决，也可以交纸质表决票。",
  },
  counting: {
    now: "意见征询已截止，正在核对。",
    next: "核对无误后，在这里公布结果。",
    you: "现在不用做什么，等结果公布。",
  },
  passed: {
    now: "意见征询已经通过。",
    next: "公示加梯方案，听大家的意见。",
    you: "请留意楼道里的公示，有意见可以提。",
  },
  failed: {
    now: "这次意见征询没有通过。",
    next: "居委会再听大家的意见，以后可以重新征询。",
    you: "有顾虑，请告诉居委会；意愿随时可以改。",
  },
};

/** Who owes the next step of a paused project, and until when. */
export const pausedNext = (owner: string, day: string) => `下一步：${owner}，${day}前。`;

/** What a stop on the way means; it stands in the place of the stage. */
export const sideStateWords: Record<SideState, StageWords> = {
  paused: {
    now: "项目暂停了。",
    next: "原因和下一步由谁来做，请问居委会。",
    you: "有什么想法，请打电话给居委会。",
  },
  disputed: {
    now: "有不同意见，正在协调。",
    next: "协调有结果后，项目继续。",
    you: "想说明自家的情况，请找居委会。",
  },
  ended: {
    now: "项目已经终止。",
    next: "以后还想装，可以重新填意愿。",
    you: "想重新开始，一户提出就可以，请找居委会。",
  },
  "not-suitable": {
    now: "评估为 C：现在不适合装电梯。",
    next: "条件改变后，可以申请复评。",
    you: "理由写在条件评估里；不清楚就打电话给居委会。",
  },
};
