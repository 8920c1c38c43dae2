import type { BindingRefusal, BindingSide, BindingWay, Evidence } from "#app/domain/binding.ts";

export const bindingProblems = {
  slip_used_up: "这张通知单已经绑定过 4 部手机，没有再绑定。请打电话给居委会。",
  binding_unknown: "没有这条绑定，或已经处理过了。什么都没有改动。",
  binding_decided: "这条申请已经由同事处理了，没有再改动。",
  owner_not_chosen: "请选清册上的哪一位业主。填的内容还在。",
  owner_not_on_roll: "这一位不是这一户现在的业主，没有批准。请从列表里选。",
  evidence_missing: "请勾选您看过的证明。没有看过证明，不能批准。",
} as const satisfies Record<BindingRefusal, string>;

const sides: Record<BindingSide, string> = { owner: "业主", tenant: "租户" };
const ways: Record<BindingWay, string> = { roll: "登记的手机", slip: "通知单", request: "居委核验" };
const evidence: Record<Evidence, string> = { title: "房产证", "id-card": "身份证", contract: "购房合同", other: "其他" };

/** How a message names a flat. */
export const nameHome = ({ community, entrance, room }: { community: string; entrance: string; room: string }) => `${community}${entrance}${room}室`;

export const binding = {
  codeMessage: (code: string) => `【加梯一键通】绑定房屋的验证码 ${code}，10 分钟内有效。工作人员不会向您要验证码。`,
  boundMessage: ({ home, phone, call }: { home: string; phone: string; call: string }) =>
    `【加梯一键通】${home}刚用通知单绑定了手机 ${phone}，可以在网上表决。不是您家的人，请马上打电话 ${call}。`,
  messages: {
    "binding-approved": ({ home }: { home: string }) => `【加梯一键通】居委会已核验，${home}绑定到这部手机。现在可以用手机号登录。`,
    "tenant-noted": ({ home }: { home: string }) => `【加梯一键通】居委会已登记您是${home}的租户。租户不参加表决。`,
    "binding-refused": ({ home, call }: { home: string; call: string }) => `【加梯一键通】您申请绑定${home}，居委会没有通过。有疑问请打电话 ${call}。`,
  },

  /** The page that a slip leads to. */
  slip: {
    eyebrow: "您家的通知单",
    now: "现在要办",
    lead: "这张通知单是您家的，可以用来：",
    vote: "投表决票",
    voteLead: (until: string) => `意见征询进行中，${until} 截止`,
    intent: "填意愿",
    intentLead: "说一声想不想装，一分钟，随时能改",
    bind: "把这部手机绑定到您家",
    bindLead: "绑定后能在网上表决、看自己家的记录",
    bound: "这部手机已经绑定，去看“我的”",
    care: "通知单只属于您家，请不要给别人。丢了请打电话，换一张新的。",
  },

  /** Binding by a slip. */
  bySlip: {
    title: (home: string) => `${home}是您的房子吗？`,
    lead: "只有业主能表决。夫妻合起来一票。",
    yes: "是，我是业主",
    no: "不是，我是家人或租户",
    notOwner: "只有业主能绑定",
    notOwnerLead: "家人可以请业主用自己的手机绑定；租户不参加表决。您可以帮业主填意愿。",
    phoneTitle: "您的手机号码是多少？",
    phoneLead: "会发一个验证码到这部手机。以后就用这个号码登录。",
    send: "获取验证码",
    codeTitle: "输入验证码",
    codeLead: (phone: string) => `验证码已发到 ${phone}，10 分钟内有效。`,
    enter: "绑定并登录",
    again: "没收到？重新获取，或换一个号码",
    toSlip: "回到通知单",
  },

  /** Asking the committee. */
  request: {
    title: "绑定我的房屋",
    roomTitle: "您家是哪一户？",
    sideTitle: (room: string) => `您是 ${room} 室的什么人？`,
    sideLead: "业主核验后可以在网上表决；租户登记后不参加表决。",
    sideHints: { owner: "房产证上有名字", tenant: "租住在这里" } satisfies Record<BindingSide, string>,
    nameTitle: "您叫什么名字？",
    nameLead: "写证件上的姓名，居委会拿它和清册核对。",
    next: "下一步",
    enter: "提交申请",
    waiting: "收到了，等居委会核验",
    next2: [
      { title: "请带证明到居委会", detail: "房产证、身份证或购房合同，看一下就还给您" },
      { title: "核验后发短信给您", detail: "通过了，就用这个手机号登录" },
    ],
    next2Tenant: [
      { title: "居委会核实后登记", detail: "登记为租户，不参加表决" },
      { title: "登记后发短信给您", detail: "" },
    ],
    onRoll: "这个手机就是业主登记的手机",
    onRollLead: "不用申请，直接登录就行。",
    signIn: "去登录",
    approved: "已经通过",
    approvedLead: { owner: "用申请时的手机号登录，就能看到您的房屋。", tenant: "已登记为租户。租户不参加表决。" } satisfies Record<BindingSide, string>,
    refused: "没有通过",
    refusedFor: (reason: string) => `原因：${reason}`,
    asked: "申请时间",
    expired: "隔得太久，前面填的没有保存。请从这里重新开始，一分钟就好。",
    back: "看我们楼道的进展",
  },

  desk: {
    title: "绑定申请",
    lead: "有人想把手机绑定到房屋。请看过证明，再和清册核对。",
    none: "没有等待处理的绑定申请",
    waiting: (n: number) => `${n} 个绑定申请等您核验`,
    waitingLead: "手机和清册对不上，要看证明",
    ofCommittees: (n: number) => `${n} 个绑定申请等居委核验`,
    asks: "申请人",
    side: "身份",
    sides,
    phone: "手机",
    onRoll: "清册上的业主",
    sameName: "同名",
    noOwner: "清册上没有业主",
    owner: "批准为哪一位业主",
    evidence: "看过的证明",
    evidenceKinds: evidence,
    note: "其他证明是什么",
    approve: "看过证明，批准",
    approveTenant: "核实过，登记为租户",
    decided: { approved: "已批准，发短信告诉了对方", refused: "没有批准，发短信告诉了对方" },
    refuse: "不批准",
    reason: "不批准的原因",
    reasonHint: "会给申请人看。例如：证件上的名字和清册不一致",
  },

  people: {
    title: "绑定的手机和租户",
    lead: "每户绑定了哪些手机。手机只显示前后几位。",
    none: "还没有手机绑定到这个楼道",
    ways,
    since: (day: string) => `${day}起`,
    room: (room: string) => `${room} 室`,
    forOwner: (name: string) => `业主 ${name}`,
    revoke: "解除绑定",
    reason: "解除的原因",
    reasonHint: "例如：本人说手机丢了",
    rollNote: "登记的手机下次登录会再绑定。要彻底解除，请先改清册。",
    slipNote: "这一户的通知单也会作废，要用请重新生成。",
    tenants: "租户",
    tenantNote: "租户，不参加表决",
    endTenant: "已搬走，取消登记",
  },
} as const;
