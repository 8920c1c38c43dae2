import type { Role } from "#app/domain/roles.ts";

/** Roles as colleagues call them. */
export const roleNames: Record<Role, string> = {
  resident: "业主",
  committee: "居委社工",
  assessor: "评估人员",
  contractor: "施工单位",
  agent: "代建单位",
  supervisor: "监理单位",
  office: "街道办",
  admin: "系统管理员",
};
