import type { OwnerKind } from "#app/domain/roll.ts";
import { isBlank } from "./cells.ts";

const DEVELOPER = /(?:房地产|房产|置业|住宅|城市|城镇|建设|土地|小区)开发.*(?:公司|集团|总公司|商)|开发商|建设单位/;
const ORGANISATION =
  /公司|集团|有限合伙|开发商|建设单位|^.{2,}(?:企业|厂|店|银行|学校|大学|学院|医院|研究所|协会|合作社|委员会|管理所|管理处|办事处|管理局|房管局|房管所|中心)$/;
const PUBLIC = /直管公房|系统公房|^公房|公有住房|公租房|国有公房/;

/** The kind of owner that a name tells. */
export function kindOfOwner(name: string): OwnerKind {
  if (PUBLIC.test(name)) return "public";
  if (DEVELOPER.test(name)) return "developer";
  return ORGANISATION.test(name) ? "company" : "person";
}

const TENANT =
  /[(（]\s*(?:承租人|承租|租户|租赁户|租客|使用人)\s*[:：]?\s*(?<tenant>[^()（）]*)[)）]|[\s,，;；]*(?:承租人|租户)\s*[:：]\s*(?<rest>\S+)\s*$/;
const SHARE = /\s*[(（]\s*(?:\d+\s*[/／]\s*\d+|\d+(?:\.\d+)?\s*[%％])\s*[)）]/g;

/** A separator between people, but none within brackets: 甲（1/2）、乙（1/2）. */
const BETWEEN_OWNERS = /[、/／,，;；|\n&＆](?![^(（]*[)）])/;

const HAN_NAME = /^\p{Script=Han}{2,4}$/u;
const isNameOfPerson = (text: string) => HAN_NAME.test(text) || /^\p{L}+(?:·\p{L}+)+$/u.test(text);

/** 陆建华 王秀珍 are two people, 沈 英 is one whose name was spaced out. */
function splitAtBlanks(text: string): string[] {
  const parts = text.split(/\s+/);
  return parts.length > 1 && parts.every((part) => HAN_NAME.test(part)) ? parts : [text];
}

/** 王建国和李梅 are two people, 李和平 is one: 和 joins only where a whole name stands on both sides. */
function splitAtAnd(text: string): string[] {
  for (let i = text.indexOf("和"); i >= 0; i = text.indexOf("和", i + 1)) {
    const [left, right] = [text.slice(0, i).trim(), text.slice(i + 1).trim()];
    if (!isNameOfPerson(left)) continue;
    const others = splitAtAnd(right);
    if (others.every(isNameOfPerson)) return [left, ...others];
  }
  return [text];
}

/** Blanks within a Han name are layout; in other names one stays between the words. */
const written = (name: string) =>
  name
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, "")
    .replace(/\s+/g, " ")
    .trim();

interface OwnersCell {
  owners: { name: string; kind: OwnerKind }[];
  tenant: string | null;
  shareIgnored: boolean;
}

/** Reads the people or bodies named in an owner's cell, co-owners in their order, and the tenant where one is named. */
export function readOwners(text: string): OwnersCell {
  const found = TENANT.exec(text);
  const tenant = (found?.groups?.["tenant"] ?? found?.groups?.["rest"] ?? "").trim();
  const withoutTenant = text.replace(TENANT, "");
  const withoutShares = withoutTenant.replace(SHARE, "");
  const names = withoutShares
    .split(BETWEEN_OWNERS)
    .map((part) => part.trim())
    .filter((part) => !isBlank(part))
    .flatMap((part) => (kindOfOwner(part) === "person" ? splitAtBlanks(part).flatMap(splitAtAnd) : [part]))
    .map(written);
  return {
    owners: names.map((name) => ({ name, kind: kindOfOwner(name) })),
    tenant: tenant === "" ? null : tenant,
    shareIgnored: withoutShares !== withoutTenant,
  };
}

/** A name has a letter and does not begin as a formula does (=, +, -, @) or as a cell's error (#). */
export function isName(name: string): boolean {
  return /\p{L}/u.test(name) && !/^[=+\-@#＝＋－＠＃]/.test(name);
}

/** Names that were damaged on their way or hold more than a name: 朱?祥, 陆建华等2人, 沈月英（已故）. */
export function isUnusualName({ name, kind }: { name: string; kind: OwnerKind }): boolean {
  if (/[?？\ufffd\ue000-\uf8ff□]/u.test(name)) return true;
  return kind === "person" && /[\d０-９%％()（）<>"“”:：]/.test(name);
}
