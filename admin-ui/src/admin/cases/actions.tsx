import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AcceptCaseDocument,
  CaseColleaguesDocument,
  DecideCaseDocument,
  type DecideCaseInput,
  HandOverCaseDocument,
  NoteCaseDocument,
  TakeCaseDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useRequired } from '../kit/rules';
import { useStanding } from '../kit/standing';
import type { One } from './detail';

interface Props {
  one: One;
  refetch: () => void;
}

/** What whoever looks may do with a case: take it, hand it over, decide it. */
export function CaseActions({ one, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const standing = useStanding('case');
  const { can, viewer } = useSession();
  const [open, setOpen] = useState<'handOver' | 'decide' | 'note' | null>(null);
  const [take, taking] = useAction(TakeCaseDocument);
  const [accept, accepting] = useAction(AcceptCaseDocument);
  const me = viewer.account.id;
  const at = { id: one.id, version: one.version };
  const mine = one.owner?.id === me && one.status === 'ACCEPTED';
  const active = one.status === 'RECEIVED' || one.status === 'ACCEPTED';
  const run = async (done: Promise<Outcome<unknown>>, text: 'cases.taken' | 'cases.accepted') => {
    tell(standing(await done), t(text));
    refetch();
  };
  return (
    <>
      {one.status === 'RECEIVED' && can('case.take') ? (
        <Button type="primary" loading={taking} onClick={() => void run(take(at), 'cases.taken')}>
          {t('cases.take')}
        </Button>
      ) : null}
      {one.offeredTo?.id === me && can('case.accept') ? (
        <Button type="primary" loading={accepting} onClick={() => void run(accept(at), 'cases.accepted')}>
          {t('cases.accept')}
        </Button>
      ) : null}
      {mine && can('case.decide') ? (
        <Button type="primary" aria-haspopup="dialog" onClick={() => setOpen('decide')}>
          {t('cases.decide')}
        </Button>
      ) : null}
      {mine && can('case.hand_over') ? (
        <Button aria-haspopup="dialog" onClick={() => setOpen('handOver')}>
          {t('cases.handOver')}
        </Button>
      ) : null}
      {active && can('case.note') ? (
        <Button aria-haspopup="dialog" onClick={() => setOpen('note')}>
          {t('cases.note')}
        </Button>
      ) : null}
      {open === 'decide' ? <Decide one={one} refetch={refetch} onClose={() => setOpen(null)} /> : null}
      {open === 'handOver' ? <HandOver one={one} refetch={refetch} onClose={() => setOpen(null)} /> : null}
      {open === 'note' ? <Note one={one} refetch={refetch} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

type DialogProps = Props & { onClose: () => void };

function Decide({ one, refetch, onClose }: DialogProps) {
  const t = useT();
  const term = useTerm();
  const tell = useTell();
  const required = useRequired();
  const standing = useStanding('case');
  const [decide] = useAction(DecideCaseDocument);
  return (
    <FormDialog<DecideCaseInput>
      name="decide"
      title={t('cases.decideTitle', { reference: one.reference })}
      submitText={t('cases.decide')}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('cases.decided'));
        refetch();
      }}
      onClash={refetch}
      onSubmit={async ({ decision, ground, article }) =>
        standing(
          await decide({
            id: one.id,
            version: one.version,
            input: { decision, ground: ground?.trim() || null, article: article?.trim() || null },
          }),
        )
      }
    >
      <p>{t('cases.articleHint')}</p>
      <Form.Item name="decision" label={t('cases.decision')} rules={required(t('cases.decision'))}>
        <Radio.Group
          options={(one.kind?.decisions ?? []).map((value) => ({ value, label: term('caseDecision', value) }))}
        />
      </Form.Item>
      <Form.Item name="article" label={t('cases.article')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="ground" label={t('cases.ground')}>
        <Input.TextArea rows={4} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}

/** Whoever else may handle such cases where this one stands. */
function HandOver({ one, refetch, onClose }: DialogProps) {
  const t = useT();
  const tell = useTell();
  const required = useRequired();
  const standing = useStanding('case');
  const [handOver] = useAction(HandOverCaseDocument);
  const [search, setSearch] = useState('');
  const [{ data, fetching }] = useQuery({
    query: CaseColleaguesDocument,
    variables: { id: one.id, search: search || null },
  });
  return (
    <FormDialog<{ to: string }>
      name="hand-over"
      title={t('cases.handOver')}
      submitText={t('cases.handOver')}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('cases.offered'));
        refetch();
      }}
      onClash={refetch}
      onSubmit={async ({ to }) => standing(await handOver({ id: one.id, version: one.version, to }))}
    >
      <p>{t('cases.handOverHint')}</p>
      <Form.Item name="to" label={t('cases.handOverTo')} rules={required(t('cases.handOverTo'))}>
        <Select<string>
          showSearch={{ filterOption: false, onSearch: setSearch }}
          loading={fetching}
          notFoundContent={fetching ? null : t('cases.nobodyElse')}
          options={(data?.caseColleagues ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

function Note({ one, refetch, onClose }: DialogProps) {
  const t = useT();
  const tell = useTell();
  const required = useRequired();
  const standing = useStanding('case');
  const [note] = useAction(NoteCaseDocument);
  return (
    <FormDialog<{ note: string }>
      name="note"
      title={t('cases.note')}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('cases.noted'));
        refetch();
      }}
      onClash={refetch}
      onSubmit={async (typed) => standing(await note({ id: one.id, version: one.version, note: typed.note.trim() }))}
    >
      <p>{t('cases.noteText')}</p>
      <Form.Item name="note" label={t('cases.note')} rules={required(t('cases.note'))}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
