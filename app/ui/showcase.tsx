import { showcase as words } from "#app/i18n/zh-CN/showcase.ts";
import { Badge, Badges, type Tone } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, CardLink, Section } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { Actions, Columns, Hero, Prose, Stack, Tiles } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice, Receipt } from "./notice.tsx";
import { Page, type Frame } from "./page.tsx";
import { Pager } from "./pager.tsx";
import { Question, SearchBox } from "./question.tsx";
import { ShowcaseDrawings } from "./showcase-drawings.tsx";
import { ShowcaseForms } from "./showcase-forms.tsx";
import { Steps } from "./steps.tsx";
import { Table } from "./table.tsx";

const tones: readonly Tone[] = ["jade", "amber", "brick", "blue", "neutral"];
const kinds = ["info", "success", "warning", "error"] as const;

function Words() {
  return (
    <Section title={words.parts.words}>
      <Badges>
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {words.badges[tone]}
          </Badge>
        ))}
        <Badge tone="jade" sign="flag">
          {words.badges.flag}
        </Badge>
        <Badge tone="amber" sign="pause">
          {words.badges.pause}
        </Badge>
      </Badges>
    </Section>
  );
}

function Buttons() {
  return (
    <Section title={words.parts.buttons}>
      <Actions>
        <Button kind="primary">{words.buttons.primary}</Button>
        <Button>{words.buttons.secondary}</Button>
        <Button kind="quiet">{words.buttons.quiet}</Button>
        <Button kind="danger">{words.buttons.danger}</Button>
        <Button disabled>{words.buttons.off}</Button>
        <ButtonLink href="#buttons" sign="on">
          {words.buttons.link}
        </ButtonLink>
      </Actions>
      <ButtonLink href="#buttons" kind="primary" wide>
        {words.buttons.wide}
      </ButtonLink>
    </Section>
  );
}

function Cards() {
  return (
    <Section title={words.parts.cards}>
      <Columns>
        <Card title={words.now.title} tone="jade" foot={words.now.foot}>
          <p>{words.now.text}</p>
        </Card>
        <Card title={words.late.title} tone="amber" aside={<Badge tone="amber">{words.badges.amber}</Badge>}>
          <p>{words.late.text}</p>
        </Card>
        <Card title={words.stopped.title} tone="brick">
          <p>{words.stopped.text}</p>
        </Card>
        <Card title={words.name}>
          <Facts facts={words.facts.map(([term, value]) => ({ term, value }))} />
        </Card>
      </Columns>
      <Tiles size="small">
        {words.tiles.map(([title, detail]) => (
          <CardLink key={title} href="#tiles" title={title} detail={detail} />
        ))}
      </Tiles>
    </Section>
  );
}

function Lists() {
  const { columns, names, caption, scroll } = words.table;
  const heads = columns.map((label, index) => ({ key: `${index}`, label, align: index > 0 ? ("end" as const) : undefined }));
  const body = names.map((name, row) => ({
    key: name,
    cells: { 0: <a href="#table">{name}</a>, 1: 31 - row, 2: 4 + row, 3: 2, 4: row % 2 },
  }));
  const badges = [
    <Badge key="0" tone="jade" sign="flag">
      {words.badges.flag}
    </Badge>,
    <Badge key="1" tone="amber" sign="pause">
      {words.badges.pause}
    </Badge>,
  ];
  return (
    <Section title={words.parts.lists}>
      <LinkList
        rows={words.rows.map(([title, detail], index) => ({ href: `#row-${index}`, title, detail, badge: badges[index] }))}
      />
      <Pager page={2} pages={4} hrefOf={(page) => `#page-${page}`} />
      <Columns>
        <Steps steps={words.steps.map(([title, detail]) => ({ title, detail }))} />
        <Steps at={1} steps={words.steps.map(([title, detail]) => ({ title, detail }))} />
      </Columns>
      <Table caption={caption} columns={heads} rows={body} />
      <Table caption={scroll} columns={heads} rows={body} narrow="scroll" />
    </Section>
  );
}

function Notices() {
  return (
    <Section title={words.parts.notices}>
      <Stack>
        {kinds.map((kind) => (
          <Notice key={kind} kind={kind} title={words.notices[kind][0]}>
            {words.notices[kind][1]}
          </Notice>
        ))}
        <Notice title={words.notices.info[0]} />
        <Notice>
          <Prose>
            <p>{words.notices.info[1]}</p>
          </Prose>
        </Notice>
        <Empty title={words.empty.title} action={<ButtonLink href="#empty">{words.empty.action}</ButtonLink>}>
          {words.empty.text}
        </Empty>
        <Receipt
          level={2}
          title={words.receipt.title}
          number={words.receipt.number}
          next={words.steps.map(([title, detail]) => ({ title, detail }))}
        />
      </Stack>
    </Section>
  );
}

/** Every component in each of its states. */
export function Showcase({ frame }: { frame: Frame }) {
  return (
    <Page
      {...frame}
      crumbs={words.crumbs.map((label, index) => ({ label, href: index < 2 ? "#top" : undefined }))}
      title={{
        eyebrow: words.eyebrow,
        title: words.title,
        lead: words.lead,
        badges: [
          { tone: "jade", sign: "up", children: words.badges.jade },
          { tone: "amber", children: words.badges.amber },
        ],
      }}
    >
      <Words />
      <Buttons />
      <Cards />
      <Lists />
      <ShowcaseForms />
      <Notices />
      <Section title={words.parts.search}>
        <Hero level={3} title={words.question.title} lead={words.question.lead} side={<Card>{words.now.text}</Card>}>
          <SearchBox
            action="#search"
            label={words.search.label}
            placeholder={words.search.placeholder}
            button={words.search.button}
            hint={words.search.hint}
          />
        </Hero>
      </Section>
      <Section title={words.parts.question}>
        <Question level={3} title={words.question.title} lead={words.question.lead} step={{ at: 2, of: 5 }} back="#question">
          <Actions>
            <Button kind="primary">{words.buttons.primary}</Button>
          </Actions>
        </Question>
      </Section>
      <ShowcaseDrawings />
    </Page>
  );
}
