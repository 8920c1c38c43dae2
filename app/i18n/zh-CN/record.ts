import { longMoment } from "./dates.ts";

/** The seal of a result at the desk, and what the nightly recount found. */
export const record = {
  seal: {
    title: "封存",
    text: "结果已签名封存。请把校验码和公钥抄在纸质公示上，谁都可以拿它核对。",
    head: "校验码",
    key: "公钥",
    seq: "记录到第几条",
    verify: "核对回执的网页",
    recount: "下载复核档案（清册、全部票、随机数）",
    log: "下载全部记录",
  },
  nightly: {
    title: "每夜复核",
    none: "还没有复核过。启动后会自动做第一次。",
    good: (at: string | Date, consultations: number, chains: number) =>
      `${longMoment(at)} 复核：${consultations} 次征询重新计票、${chains} 条记录链逐条核对，全部一致。`,
    bad: (at: string | Date, faults: number) => `${longMoment(at)} 复核：有 ${faults} 处不一致。请马上联系系统管理员，先不要公布结果。`,
    fault: (kind: string, at: string) => `${at}：${kind}`,
  },
} as const;
