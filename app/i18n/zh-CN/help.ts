import { longDay } from "./dates.ts";

interface Question {
  /** Anchor of the answer; other pages lead to it. */
  id: string;
  question: string;
  /** At most three sentences. */
  answer: string;
  source: string;
}

const civilCode278 = "《民法典》第二百七十八条";
const interpretation = "最高人民法院建筑物区分所有权司法解释";
const practice = "本街道做法";

const groups: readonly { title: string; questions: readonly Question[] }[] = [
  {
    title: "怎么开始",
    questions: [
      {
        id: "start",
        question: "几户提出来才能开始？",
        answer: "一户就可以。您向居委会提出，居委会来了解全楼道的意愿。",
        source: practice,
      },
      {
        id: "intent-is-no-vote",
        question: "填意愿就是投票吗？",
        answer: "不是。意愿只说愿不愿意，随时可以改，没有法律效力。正式表决叫“意见征询”，由居委会另外组织。",
        source: `${practice}；${civilCode278}`,
      },
      {
        id: "thresholds",
        question: "三分之二和四分之三，各指什么？",
        answer:
          "正式表决时，三分之二指来投票的，四分之三指来投票的人里同意的；人数和面积都要达到，正好等于也算。填意愿时另算：愿意的住户满三分之二，楼道就进入加梯储备。",
        source: `${civilCode278}、第一千二百五十九条`,
      },
      {
        id: "community-votes",
        question: "要不要全小区一起表决？",
        answer: "占用小区公共土地的，全小区业主也要表决。参加的人数和面积要三分之二以上，同意的要超过一半，正好一半不算。",
        source: civilCode278,
      },
    ],
  },
  {
    title: "怎么表决",
    questions: [
      {
        id: "no-veto",
        question: "一楼不同意，是不是就装不成？",
        answer: "不是，哪一层都没有一票否决权。四项都达到，决定对全体业主有效，不能阻挠施工。认为自家受损，可以协商、调解或者起诉。",
        source: `${civilCode278}、第二百八十条`,
      },
      {
        id: "not-returned",
        question: "没交表决票，算同意吗？",
        answer: "不算，没交就是没有参加。没交的多了，参加的不够三分之二，征询就通不过。",
        source: civilCode278,
      },
      {
        id: "abstaining",
        question: "投弃权票算什么？",
        answer: "算参加了表决，但不算同意。所以弃权会让同意的比例变低。",
        source: civilCode278,
      },
      {
        id: "two-flats",
        question: "一个人有两套房，算几个人？",
        answer: "人数算一个人，面积两套加在一起。两套投得不一样，人数哪边都不算，要先弄清楚才能公布结果。",
        source: `${interpretation}第八条、第九条`,
      },
      {
        id: "couple",
        question: "房子写夫妻两个人的名字，有几票？",
        answer: "只有一票，人数也只算一个人。请共有人先商量好，再交一张票。",
        source: `${interpretation}第九条`,
      },
      {
        id: "tenants",
        question: "租客能投票吗？",
        answer: "不能，只有业主能投。租客有想法，可以告诉房东或居委会。",
        source: civilCode278,
      },
      {
        id: "public-housing",
        question: "公房由谁投票？",
        answer: "由产权人投，也就是管理公房的单位。承租人不投票，可以向产权单位说想法。",
        source: `${civilCode278}；${practice}`,
      },
      {
        id: "away",
        question: "人在外地，怎么投？",
        answer: "可以用登记的手机在网上投。也可以写委托书，请人代交纸质票。委托书要写明投同意、不同意还是弃权。",
        source: `《民法典》第一百六十五条；${practice}`,
      },
      {
        id: "signed-for-me",
        question: "有人替我签了名，怎么办？",
        answer: "请马上告诉居委会。查实不是您签的，这张票作废，要写明原因、由第二个人复核。您之前自己投的票，重新算数。",
        source: practice,
      },
      {
        id: "names",
        question: "谁不同意，会公布吗？",
        answer: "不会。只公布全楼道人数、参加人数和同意人数，不公布姓名、室号和谁不同意。征询没截止时，连票数也不公布。",
        source: `${practice}，见“信息公开”`,
      },
    ],
  },
  {
    title: "适不适合装",
    questions: [
      {
        id: "again",
        question: "评估说不适合，还有机会吗？",
        answer: "有。评估会写明卡在哪里，能解决的写明办法，例如迁管线、拆违建。条件改变后，可以申请复评。",
        source: practice,
      },
      {
        id: "landing",
        question: "平层入户和错层入户有什么不同？",
        answer: "平层入户，电梯停在家门口这一层。错层入户，电梯停在楼梯转弯的平台，还要走半层楼梯。",
        source: practice,
      },
    ],
  },
  {
    title: "费用",
    questions: [
      {
        id: "cost",
        question: "各楼层怎么出钱？",
        answer: "由出资的业主自己商定，写进协议。常见的办法是楼层越高出得越多，一楼不出。",
        source: "出资业主的协议",
      },
      {
        id: "subsidy",
        question: "政府有补贴吗？",
        answer: "有。2024 年起，上海市每部电梯补贴 14 万元。区里的补贴以当时公布的为准。",
        source: "上海市加装电梯补贴政策",
      },
      {
        id: "housing-fund",
        question: "能用公积金吗？",
        answer: "开工以后可以申请提取。业主本人、配偶、父母和子女都可以，材料请问公积金中心。",
        source: "以公积金中心答复为准",
      },
      {
        id: "maintenance-fund",
        question: "能用房屋维修资金吗？",
        answer: "请不要指望。加装的电梯归出资的业主按份共有，不是全体业主的。",
        source: practice,
      },
      {
        id: "later",
        question: "现在不出钱，以后还能用吗？",
        answer: "可以以后加入，要补交一份费用。怎么补，在协议里先写明。",
        source: "出资业主的协议",
      },
      {
        id: "running-costs",
        question: "电费和保养费谁出？",
        answer: "由用电梯的业主按协议分摊。签协议时，请把电费、保养、检验和修理都写进去。",
        source: "出资业主的协议",
      },
      {
        id: "selling",
        question: "房子卖了，出的钱怎么算？",
        answer: "电梯的份额跟着房子一起转给买家。请在买卖合同里写明。",
        source: `《民法典》第二百七十三条；${practice}`,
      },
    ],
  },
  {
    title: "公示、审批和施工",
    questions: [
      {
        id: "plan-notice",
        question: "方案要公示多久？",
        answer: "浦东的做法是公示 10 天，再留 7 天提意见。有人反对，就安排协调；反对意见必须答复。",
        source: "浦东新区做法",
      },
      {
        id: "permit",
        question: "要办规划许可证吗？",
        answer: "在浦东不用办。但方案要公示，图纸要审查，还要备案。",
        source: "浦东新区做法",
      },
      {
        id: "duration",
        question: "施工要多久？",
        answer: "一般三到四个月。要迁燃气、自来水这些管线的，会更久。",
        source: practice,
      },
      {
        id: "standing-still",
        question: "工地停了，是为什么？",
        answer: "最常见的是等管线迁移。停工必须说明原因、下一步由谁做、哪天做完。没有看到说明，请打电话给居委会。",
        source: practice,
      },
      {
        id: "agent",
        question: "代建单位怎么选，钱交给谁？",
        answer: "由出资的业主一起选，签书面合同。钱只付到合同写明的单位账户，不要付给私人账户。",
        source: practice,
      },
      {
        id: "management",
        question: "装好以后谁来管？",
        answer: "由业主约定一个单位负责管理和维护。使用前或使用后 30 天内，要办使用登记。",
        source: "《特种设备安全法》第三十三条",
      },
      {
        id: "daylight",
        question: "挡了我家的光，怎么办？",
        answer: "先和出资的业主协商，谈补偿或改方案。谈不拢，可以请居委会调解，也可以向法院起诉。",
        source: "《民法典》第二百九十三条",
      },
    ],
  },
];

export const help = {
  title: "常见问题",
  lead: "每个回答最多三句话。点问题看回答。",
  groups,
  calculator: "用费用计算器算一算",
  editedOn: (day: string) => `${longDay(day)}修改`,
  search: "搜问题",
  searchHint: "打字、拼音或首字母都行，例如：公示，gongshi，gs",
  found: (typed: string) => `“${typed}”的答案`,
  count: (count: number) => `找到 ${count} 个`,
  nothing: (typed: string) => `没有找到“${typed}”的答案`,
  nothingLead: "换个说法再试，或者把这个问题交给工作人员。请不要写姓名和电话。",
  all: "看全部问题",
  send: "把问题交给工作人员",
  asked: "您的问题",
  sent: "问题已经交给工作人员。",
  sentLead: "补上答案后，会出现在这一页。急的话请打电话。",
  helped: "这个回答有帮助吗？",
  yes: "有帮助",
  no: "没有帮助",
  thanks: "谢谢，已经记下。",
  privacy: "不记录是谁点的。",
  others: "看其他问题",
  forStage: "这个阶段常问的",
  source: (source: string) => `依据：${source}`,
  conditions: {
    title: "加梯条件：A、B、C 怎么定",
    lead: "评估人员上门看下面这些因素，每一项记“无、弱、强、重大”。全部看过，才给结论。",
    grades: [
      { grade: "A 适合", text: "没有重大因素，也没有强因素。" },
      { grade: "B 较难", text: "正好有一项强因素。写明怎么解决。" },
      { grade: "C 不适合", text: "有重大因素，或有两项以上强因素。条件改变后可以复评。" },
    ],
    factorsTitle: "看哪些因素",
    factors: [
      "层数和产权",
      "房屋结构",
      "消防通道（4 米）",
      "防火间距和退界",
      "不能移动的化粪池或总管",
      "能迁移的管线：燃气、水、雨水、电、通信",
      "变电站、泵房或保护建筑",
      "占地范围里的违建",
      "采光和视线",
      "树木、绿地和停车",
      "楼道布局",
      "场地和吊装通道",
    ],
    car: "轿厢最低标准：载重 320 公斤，门净宽 0.80 米。",
    source: "依据：本街道评估表。由评估人员现场判断，以评估结论为准。",
  },
  still: { title: "没有找到答案？", text: "打电话，或到居委会问。", call: (phone: string) => `打电话 ${phone}` },
} as const;
