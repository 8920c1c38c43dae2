/** 8号 as 8 号, 甲单元 as it is. */
const spaced = (text: string) => text.replace(/(\d)(?=\p{Script=Han})/u, "$1 ");

/** The name of a stairwell: 海棠苑 8 号楼道 */
export const stairwellName = (community: string, entrance: string) => `${community} ${spaced(entrance)}楼道`;
/** The name of a stairwell where the community is known: 8 号楼道 */
export const doorName = (entrance: string) => `${spaced(entrance)}楼道`;
