export const ballotLookProblems = {
  look_without_recording: "登记表决票由居委会办理。请选别的原因。",
} as const;

/** Words of the page that asks why somebody looks at single ballots. */
export const ballotLook = {
  title: "为什么要看各户的票？",
  lead: "各户投了什么，只在工作需要时看。点一个原因，记入日志，今天不再问。",
  purposes: { record: "登记表决票", check: "复核", answer: "答复业主", other: "其他" },
  reason: "其他原因",
  reasonHint: "例如：法院调取。只写室号，不写姓名",
  submit: "按这个原因看",
  log: "谁看过各户的票",
  logEntry: (at: string, name: string) => `${at}　${name}`,
  rooms: "看某一户的记录",
  roomsLead: "要先说明原因，记入日志。",
} as const;
