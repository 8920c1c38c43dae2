import { nextPage, type Board, type BoardPage } from "#app/domain/board.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { paper as words } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { Notice } from "./notice.tsx";
import { PaperImage } from "./paper-image.tsx";

export interface PaperPageProps {
  code: string;
  page: BoardPage;
  paper: Board["paper"];
  /** The flat at which the clerk is. */
  unit: string | null;
  /** Turns the page without loading another one, where scripts run. */
  onTurn: ((page: BoardPage) => void) | undefined;
}

/** The page of paper that is being typed, beside the form; the next one comes up by itself. */
export function PaperPage({ code, page, paper, unit, onTurn }: PaperPageProps) {
  const next = nextPage(paper.pages, page.id);
  const { choices } = consultationDesk.board;
  return (
    <section className="paper-beside" aria-label={words.beside}>
      {page.returned.map(({ unit: room, choice, note }) => (
        <Notice key={`${room} ${note}`} kind="warning" title={words.typedBefore(room, choices[choice], note ?? "")} />
      ))}
      <PaperImage fileId={page.fileId} page={page.page} alt={words.alt} />
      <p className="paper-ways">
        <span>{[page.pages > 1 && words.page(page.page, page.pages), words.left(paper.count)].filter(Boolean).join("，")}</span>
        {next && (
          <a
            href={paths.consultation(code, { page: next.id, room: unit ?? undefined })}
            onClick={(event) => {
              if (!onTurn || event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              onTurn(next);
            }}
          >
            {words.turn}
          </a>
        )}
        <a href={paths.paperPage(code, page.id)}>{words.other}</a>
      </p>
    </section>
  );
}
