import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import {
  type AgencyWholeFragment,
  type DisplayedItemInput,
  type DisplayedKind,
  SaveDisplayedItemDocument,
} from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { PaperField, useFile } from '../../kit/file';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { useRequired } from '../../kit/rules';
import { DataTable } from '../../kit/table';
import type { AgencyTabProps } from '../detail';

type Item = AgencyWholeFragment['displayedItems'][number];
const KINDS: readonly DisplayedKind[] = ['BUSINESS_LICENCE', 'LICENCE', 'SERVICES', 'PRICE_LIST', 'SUPERVISOR'];
interface Row {
  kind: DisplayedKind;
  item: Item | null;
  missing: boolean;
}

/** What the law says must hang in the hall (公示), and when somebody last looked whether it does. */
export function DisplayedTab({ agency, refetch }: AgencyTabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const [checking, setChecking] = useState<DisplayedKind | null>(null);
  const rows = KINDS.map<Row>((kind) => ({
    kind,
    item: agency.displayedItems.find((one) => one.kind === kind) ?? null,
    missing: agency.missingDisplayedItems.includes(kind),
  }));
  return (
    <section aria-labelledby="displayed-title">
      <h2 id="displayed-title">{t('agencies.tab.displayed')}</h2>
      <p className="soft">{t('displayed.lead')}</p>
      <DataTable<Row>
        rowKey="kind"
        aria-label={t('agencies.tab.displayed')}
        dataSource={rows}
        columns={[
          { title: t('displayed.kind'), render: (_, r) => term('displayedKind', r.kind) },
          {
            title: t('displayed.state'),
            render: (_, r) =>
              r.item ? (
                <Chip tone="good">{t('displayed.hangs')}</Chip>
              ) : (
                <Chip tone={r.missing ? 'bad' : 'plain'}>
                  {t(r.missing ? 'displayed.missing' : 'displayed.notNeeded')}
                </Chip>
              ),
          },
          { title: t('displayed.text'), render: (_, r) => <What item={r.item} /> },
          { title: t('displayed.checkedOn'), className: 'nowrap', render: (_, r) => format.date(r.item?.checkedOn) },
          {
            title: t('parts.actions'),
            key: 'actions',
            render: (_, r) =>
              can('agency.keep') ? (
                <Button
                  size="small"
                  aria-label={t('displayed.checkOne', { kind: term('displayedKind', r.kind) })}
                  onClick={() => setChecking(r.kind)}
                >
                  {t('displayed.check')}
                </Button>
              ) : null,
          },
        ]}
      />
      {checking ? (
        <CheckDialog
          agencyId={agency.id}
          kind={checking}
          known={rows.find(({ kind }) => kind === checking)?.item ?? null}
          onClose={() => setChecking(null)}
          refetch={refetch}
        />
      ) : null}
    </section>
  );
}

function What({ item }: { item: Item | null }) {
  if (!item) return <>—</>;
  return (
    <>
      {[item.text, item.phone].filter(Boolean).join(' ')}{' '}
      {item.url ? (
        <a href={item.url} target="_blank" rel="noreferrer">
          {item.fileName}
        </a>
      ) : null}
    </>
  );
}

interface DialogProps {
  agencyId: string;
  kind: DisplayedKind;
  known: Item | null;
  onClose: () => void;
  refetch: () => void;
}

function CheckDialog({ agencyId, kind, known, onClose, refetch }: DialogProps) {
  const t = useT();
  const term = useTerm();
  const required = useRequired();
  const [save] = useAction(SaveDisplayedItemDocument);
  const { setFile, send } = useFile('AGENCY_PAPER');
  const body = kind === 'SUPERVISOR';
  return (
    <FormDialog<Pick<DisplayedItemInput, 'text' | 'phone' | 'checkedOn'>>
      name="displayed"
      title={t('displayed.checkOne', { kind: term('displayedKind', kind) })}
      initial={{ checkedOn: today(), text: known?.text ?? null, phone: known?.phone ?? null }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ text, phone, checkedOn }) => {
        const paper = await send();
        if (paper.kind !== 'done') return paper;
        return save({
          agencyId,
          input: {
            kind,
            checkedOn,
            text: text?.trim() || null,
            phone: body ? phone?.trim() || null : null,
            paper: paper.value.id,
          },
        });
      }}
    >
      <Form.Item name="text" label={t(body ? 'displayed.body' : 'displayed.text')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      {body ? (
        <Form.Item name="phone" label={t('displayed.phone')} rules={required(t('displayed.phone'))}>
          <Input maxLength={40} inputMode="tel" />
        </Form.Item>
      ) : null}
      <PaperField
        id="displayed_paper"
        label={t('displayed.paper')}
        hint={t('displayed.paperHint')}
        onChoose={setFile}
      />
      <Form.Item name="checkedOn" label={t('displayed.checkedOn')} rules={required(t('displayed.checkedOn'))}>
        <Input type="date" max={today()} />
      </Form.Item>
    </FormDialog>
  );
}
