import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { FILE_LIMITS, isPdf } from "#app/domain/files.ts";
import { missingImage, uploadForm } from "#app/domain/paper.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, refusal } from "#app/http/forms.server.ts";
import { requireLook } from "#app/http/require-look.server.ts";
import { readUploads } from "#app/http/upload.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskPaper } from "#app/ui/desk-paper.tsx";
import { useReply } from "#app/ui/reply.ts";
import { takeStack } from "#app/use-cases/paper/take-stack.server.ts";
import { uploadPages } from "#app/use-cases/paper/upload-pages.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { listUnsplitOf } from "#db/queries/paper-uploads.server.ts";
import { countToCheck, countWaitingPages, listAsidePages, listReturned, listWaitingPages, listWithoutImage } from "#db/queries/paper.server.ts";

/** How many thumbnails stand on one page. */
const AT_A_TIME = 40;

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(paper.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db } = context;
  const consultation = await findConsultation(db, params["code"] ?? "");
  if (!consultation) throw new Response(null, { status: 404 });
  await requireLook(request, context, consultation.code);
  const { id, code, community, building, entrance, committeePhone, closedAt, certificate } = consultation;
  const search = new URL(request.url).searchParams;
  const waitingCount = await countWaitingPages(db, id);
  const pages = Math.max(1, Math.ceil(waitingCount / AT_A_TIME));
  const page = Math.min(pages, numberIn(search, "page") || 1);
  const [waiting, [first], aside, withoutImage, returned, { mine }] = await Promise.all([
    listWaitingPages(db, id, { limit: AT_A_TIME, offset: (page - 1) * AT_A_TIME }),
    listWaitingPages(db, id, { limit: 1 }),
    listAsidePages(db, id),
    listWithoutImage(db, id),
    listReturned(db, id),
    countToCheck(db, { consultationId: id, accountId: accountOf(context) }),
  ]);
  return {
    consultation: { code, community, building, entrance, committeePhone },
    sent: search.has("added") ? { added: numberIn(search, "added"), known: numberIn(search, "known") } : null,
    open: closedAt === null,
    certified: certificate !== null,
    waiting,
    waitingCount,
    first: first?.id ?? null,
    page,
    pages,
    aside,
    withoutImage: withoutImage.map(({ room, choice, channel, images }) => ({ room, choice, lacks: missingImage({ channel, images }) })),
    returned,
    toCheck: mine,
    unsplit: await listUnsplitOf(db, id),
    formKey: newFormKey(),
  };
}

function numberIn(search: URLSearchParams, name: string): number {
  const given = search.get(name) ?? "";
  return /^\d{1,5}$/.test(given) ? Number(given) : 0;
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const upload = await readUploads(request, uploadForm, { files: { most: FILE_LIMITS.formFiles, required: true } });
  if (!upload.ok) return json({ reply: upload.reply }, { status: upload.status });
  const { files } = upload.files;
  const act = { consultation, files, accountId: accountOf(context), formKey: upload.formKey };
  // Photos are soon read; the pages of a PDF are drawn one by one.
  if (files.some(isPdf)) {
    const taken = await takeStack(context, act);
    return taken.ok ? redirect(paths.paperUpload(consultation, taken.upload)) : refusal(upload, taken.problem);
  }
  const sent = await uploadPages(context, act);
  return sent.ok ? redirect(paths.paper(consultation, { added: sent.added, known: sent.known })) : refusal(upload, sent.problem);
}

export default function Paper() {
  const reply = useReply();
  return <DeskPaper {...useLoaderData<typeof loader>()} reply={reply} />;
}
