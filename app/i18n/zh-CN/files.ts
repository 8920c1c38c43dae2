import { FILE_LIMITS, type FileFault } from "#app/domain/files.ts";

const megabytes = FILE_LIMITS.bytes / 1024 / 1024;

export const fileWords = {
  limits: {
    photos: (most: number, megabytes: number) => (most > 1 ? `一次最多 ${most} 张，每张不超过 ${megabytes} MB。` : `一张，不超过 ${megabytes} MB。`),
    "photos-and-pdf": (most: number, megabytes: number) => (most > 1 ? `照片或 PDF，一次最多 ${most} 个，每个不超过 ${megabytes} MB。` : `照片或 PDF，一个，不超过 ${megabytes} MB。`),
  },
  camera: (label: string) => `${label}：用手机拍一张`,
  photoOf: (caption: string) => `照片：${caption}`,
} as const;

const faults: Record<FileFault, string> = {
  file_empty: "文件是空的，请重新拍照或另选一个",
  file_too_large: `文件超过 ${megabytes} MB，请缩小后再选`,
  file_unknown_type: "只收照片（JPG、PNG、WebP）和 PDF，请另选一个",
  file_heic: "手机的 HEIC 照片打不开，请在手机上另存为 JPG 再选",
  file_animated: "动图不能用，请改用普通照片",
  file_broken: "文件打不开，可能没有传完整，请重新拍照或另选一个",
  file_too_many_pixels: `照片超过 ${FILE_LIMITS.pixels / 1_000_000} 百万像素，请缩小后再选`,
  file_too_many_pages: `PDF 超过 ${FILE_LIMITS.pages} 页，请分成几份`,
  file_two_in_one: "文件里还夹着别的内容，没有收下，请重新拍照或另选一个",
  file_encrypted: "PDF 加了密码，请去掉密码再选",
  file_active: "PDF 里带有脚本或附件，没有收下，请重新扫描或打印成 PDF 再选",
  file_too_complex: "文件太复杂，读不出来，请重新扫描后再选",
  file_store_away: "文件暂时存不进去，请过几分钟再试",
};

/** Why a photo or a document was not taken; among several, which one. */
export const fileProblems = Object.fromEntries(
  Object.entries(faults).map(([code, sentence]) => [code, ({ number }: Record<string, string | number>) => (number === undefined ? sentence : `第 ${number} 个文件：${sentence}`)]),
);
