const faults = {
  no_manifest: "这个文件夹里没有 manifest.json：不是备份，或备份没有做完。什么都没有恢复。",
  malformed: "备份的格式不对。什么都没有恢复。",
  damaged: "备份里有文件缺少或损坏。什么都没有恢复。",
  other_key: "备份是用另一个 DATA_KEY 做的，用现在的密钥打不开。什么都没有恢复。",
  other_version: "备份是另一个版本的程序做的。请用做备份时的版本恢复，再升级。什么都没有恢复。",
  not_empty: "数据库里已经有数据。请恢复到一个空的数据库。什么都没有恢复。",
  heads_differ: "恢复后的记录与备份里的校验码不一致。什么都没有恢复。",
} as const;

/** What `npm run backup` and `npm run restore` say. */
export const backup = {
  usage: {
    backup: "用法：npm run backup -- 文件夹",
    restore: "用法：npm run restore -- 文件夹",
  },
  exists: (folder: string) => `文件夹不是空的，请换一个：${folder}`,
  written: (rows: number, files: number, chains: number, folder: string) =>
    `备份完成：${rows} 行数据、${files} 个文件、${chains} 条记录链，在 ${folder}。密钥不在备份里，请另外保管 DATA_KEY。`,
  restored: (rows: number, files: number, chains: number) => `恢复完成：${rows} 行数据、${files} 个文件；${chains} 条记录链的校验码与备份一致。`,
  refused: (code: keyof typeof faults, at: string) => (at ? `${faults[code]}（${at}）` : faults[code]),
} as const;
