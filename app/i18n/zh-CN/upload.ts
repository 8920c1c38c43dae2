/** What is said about a file that was sent. */
export const upload = {
  missing: "还没有选文件",
  tooLarge: (megabytes: number) => `文件超过 ${megabytes} MB，没有读取，请缩小后再选`,
  unreadable: "没有收到完整的文件，请再选一次",
  allTooLarge: (megabytes: number) => `文件加起来超过 ${megabytes} MB，没有读取，请分几次提交`,
  tooMany: (most: number) => `一次最多选 ${most} 个文件`,
  badName: "文件名里有不能用的符号，请改名后再选",
  twice: "一次只能提交一个文件",
} as const;
