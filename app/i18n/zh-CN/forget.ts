/** What `npm run forget` says. */
export const forgetWords = {
  ask: "手机号码，一行；登记过证件号码的，第二行写证件号码：\n",
  usage: "用法：npm run forget，然后在标准输入上写手机号码一行，证件号码一行（没有可不写）。号码不写在命令里，免得留在系统记录中。",
  done: (rows: number) => (rows === 0 ? "没有找到这个人的资料。" : `已删除，共 ${rows} 处。表决和日志的校验不受影响。`),
  stillOwner: "此人名下还有房屋，清册上的姓名和号码要等产权变更之后才能删除。",
};
