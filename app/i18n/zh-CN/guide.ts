/** Whose work a guide shows. */
export const guideRoles = ["resident", "clerk", "assessor", "contractor", "office"] as const;
export type GuideRole = (typeof guideRoles)[number];

interface GuideStep {
  /** File in `public/guide`, taken from the running demo. */
  picture: string;
  title: string;
  text: string;
  /** What there is to see on it, for who cannot see it. */
  alt: string;
}

export interface Guide {
  title: string;
  who: string;
  lead: string;
  /** Taken as on a phone, or as on the screen of an office. */
  screen: "phone" | "desk";
  steps: readonly GuideStep[];
}

export const guideWords = {
  title: "图文指南",
  lead: "一步一图，照着做。图是在演示环境里拍的，人和地方都是编的。",
  print: "可以直接打印这一页，贴在墙上或带上门。",
  others: "别的指南",
  all: "全部指南",
  practice: "想先练练手？请工作人员打开演示环境：怎么填都不作数。",
} as const;

/** The guides, five to seven steps each. */
export const guides = {
  resident: {
    title: "居民：填意愿、投票、提诉求",
    who: "居民和业主",
    lead: "用手机扫一扫门口的码就能开始，不用装软件。",
    screen: "phone",
    steps: [
      { picture: "resident-stairwell", title: "扫门口的码，看到自己的楼道", text: "这一页写着走到哪一步、从哪天起、下一步是什么。按“填意愿”开始。", alt: "楼道页：楼道的图、现在的阶段和“填意愿”按钮" },
      { picture: "resident-choice", title: "一页只问一件事", text: "先选您家的室号，再选愿意、不愿意或还没想好。填错了可以返回，以后也随时可以改。", alt: "填意愿的一页：愿意、不愿意、还没想好三个大按钮" },
      { picture: "resident-receipt", title: "记下回执号", text: "提交后有一个回执号。填了通知单上的编码，或用登记的手机收验证码，意愿马上算数。", alt: "回执页：回执号，和怎样让它算数" },
      { picture: "resident-sign-in", title: "正式表决要登录", text: "填手机号，收一个验证码，不用密码。手机没有登记的，先拿通知单绑定，或请居委会帮忙。", alt: "登录页：手机号码一栏和“获取验证码”按钮" },
      { picture: "resident-ballot", title: "看清楚，再投票", text: "先看投什么、怎样算通过、哪天截止，再选同意、不同意或弃权。截止前可以改，最后一张算数。", alt: "表决票：同意、不同意、弃权三个大按钮" },
      { picture: "resident-ticket", title: "有话要说，提一条诉求", text: "噪音、停工、质量、钱款，或“这张票不是我投的”，都可以提，能附照片。谁在办、哪天前答复，您都看得到。", alt: "提诉求的一页：事情的种类和要说的话" },
    ],
  },
  clerk: {
    title: "居委社工：从名册到结果",
    who: "居委会",
    lead: "每天从“今天”开始：该做的事，按先后排好。",
    screen: "desk",
    steps: [
      { picture: "clerk-today", title: "先看“今天”", text: "要您办的事都在这里：要确认的意愿、要复核的票、要答复的诉求、快到期的公示。上面一栏可以按地址找到一户。", alt: "工作台的“今天”：一列要办的事" },
      { picture: "clerk-stairwell", title: "一个楼道，一张图", text: "每一格是一户，颜色和字都写着意愿。点一格就可以替这户登记；名册、阶段、公示、款项也从这里进去。", alt: "楼道在工作台的页面：一格一户的楼道图" },
      { picture: "clerk-board", title: "登记纸质票", text: "点一户，再点选择，下一户自己排上来；也可以按键盘 1、2、3。要看各户投了什么，先点一个理由，会记下来。", alt: "征询的工作面：各户的格子和选择按钮" },
      { picture: "clerk-check", title: "另一个人复核", text: "纸质票要由第二个人对着扫描件核对，核对过才算数。自己登记的，自己不能复核。", alt: "复核页：一张票的扫描件，和“一致”“不一致”" },
      { picture: "clerk-notices", title: "公示由系统起草", text: "核对文字，附上图纸，发布，打印带二维码的一张贴出去，再拍照存证。期限按上海的日历数，谁也改不短。", alt: "公告页：起草好、待发布的一份征询结果公告" },
      { picture: "clerk-stage", title: "进入下一个阶段", text: "缺什么材料，这一页写得清清楚楚；齐了才能进。退回一步、暂停，都要写原因。", alt: "阶段页：进入下一个阶段所需的材料" },
      { picture: "clerk-tickets", title: "回复诉求", text: "收下、转给该答复的单位、答复。到期没有答复的，会自动提醒街道。", alt: "诉求列表：每一条的种类、状态和到期日" },
    ],
  },
  assessor: {
    title: "评估人员：在楼道里用手机评估",
    who: "评估人员",
    lead: "走到哪里看到哪里，看一项存一项。",
    screen: "phone",
    steps: [
      { picture: "assessor-list", title: "选楼道，开始评估", text: "交给您的楼道都在这里，看了几项也写着。居委会转来的点“开始评估”，没做完的点“继续评估”。", alt: "条件评估的列表：一个楼道看了几项，和“继续评估”按钮" },
      { picture: "assessor-factors", title: "一项一项看", text: "每一项单独保存，次序随您；没有网络，先存在手机上。没看的写着“还没看”，有一项没看就不出等级。", alt: "评估页：各项因素和已经看了几项" },
      { picture: "assessor-factor", title: "记下看到的", text: "选无、弱、强或重大；消防车道这样有限值的，填量到的米数。可以写看到的情况、怎么解决，也可以拍照片。", alt: "打开的一项：妨碍有多大，五个选项" },
      { picture: "assessor-grade", title: "等级由规则得出", text: "全部看过，等级自己出来，不能手填：有一项重大或两项强是 C，只有一项强是 B，其余是 A。", alt: "评估页的末尾：等级怎样得出，谁做的评估" },
      { picture: "assessor-sign", title: "第二个人签字才发布", text: "您签字以后，由另一位评估人员复核签发，居民才看得到等级和原因。退回的要写理由。", alt: "签发了的评估：等级、谁签字、谁复核签发" },
    ],
  },
  contractor: {
    title: "施工和代建：三下报一次进度",
    who: "施工、代建单位",
    lead: "站在工地上，用一只手就能报。",
    screen: "phone",
    steps: [
      { picture: "contractor-sites", title: "选工地", text: "登录后就是“我的工地”，点一个进去。", alt: "我的工地：一个工地，和“报告今天的进度”按钮" },
      { picture: "contractor-report", title: "今天到哪一步？", text: "点“继续干”“这一步干完了”或“停工了”，再点“发送”。干完了要拍照；没有网络，报告先存在手机上，有网络时自动发出。", alt: "报告页：今天到哪一步，三个大选项" },
      { picture: "contractor-stopped", title: "停工要说三件事", text: "为什么停、下一步由谁做、哪天前完成。居民马上看得到，不用一家一家来问。", alt: "选了停工：原因、下一步由谁做和日期" },
      { picture: "contractor-plan", title: "确认了才算完成", text: "报了干完，由监理或居委会对着照片确认，写着“已完成”才算数。被退回的写着理由，改好再报。", alt: "最近的报告：每一条报了什么，确认了没有" },
      { picture: "contractor-faults", title: "整改问题", text: "监理和居委会发现的问题列在这里，写着哪天前改好。改好了拍照报上来，由他们复查。", alt: "问题整改页：一个问题和它的状态" },
      { picture: "contractor-tickets", title: "答复转来的诉求", text: "居委会转来的诉求在“要答复的诉求”里，写清楚一次说完。", alt: "要答复的诉求" },
    ],
  },
  office: {
    title: "街道：看全局，管规则",
    who: "街道办",
    lead: "数字都带着分母和日期，能追到每一个楼道。",
    screen: "desk",
    steps: [
      { picture: "office-overview", title: "街道总览", text: "各阶段有多少楼道、哪里停着、诉求答复得及时不及时，一页看完。", alt: "街道总览：各阶段的数字和图" },
      { picture: "office-waiting", title: "谁停得最久", text: "在现在这一步等了多少天，一个一个排好。点进去看卡在哪里、该谁走下一步。", alt: "等得最久的楼道" },
      { picture: "office-reserve", title: "储备里先做谁", text: "按您在设置里定的权重排先后，算式也写出来。只供安排工作，不影响任何楼道的资格。", alt: "加梯储备的先后排序" },
      { picture: "office-settings", title: "规则从哪天起", text: "补贴、分摊方案、期限都是设置，写明从哪天起生效。改过的都留着，已经开始的征询不受影响。", alt: "设置页：各项规则和现在的值" },
      { picture: "office-accounts", title: "谁能看到什么", text: "账号、身份和范围在这里开、在这里收。任何人要看单张表决票，都要写明理由，并记下来。", alt: "账号页：工作人员的账号和身份" },
      { picture: "office-help", title: "常见问题由街道改", text: "没有找到答案的提问会到这里。改一条，所有人马上看到新的，并写着修改的日期。", alt: "常见问题的管理页" },
    ],
  },
} as const satisfies Record<GuideRole, Guide>;

export type GuidePicture = (typeof guides)[GuideRole]["steps"][number]["picture"];
