/** Words of the lists in which a contractor, an agent or a supervisor finds the own projects. */
export const projects = {
  title: "我的工地",
  lead: "交给您施工、代建或监理的楼道。",
  none: "现在没有交给您的工地",
  noneLead: "街道把楼道交给您以后，会出现在这里。",
  since: (day: string) => `${day}起`,
  phone: "电话",
  publicPage: "看公开页",
} as const;
