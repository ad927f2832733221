import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AnswerAgencyRequestDocument,
  AuthoriseAgentDocument,
  EndAgentDocument,
  type PartyWholeFragment,
} from '../gql/graphql';
import { ConfirmButton } from '../kit/confirm';
import { useTell } from '../kit/feedback';
import { PaperField, useFile } from '../kit/file';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { PartList } from '../kit/parts';
import { ReasonDialog } from '../kit/reason';
import { useRequired } from '../kit/rules';
import type { PartyTabProps } from './detail';
import { isPerson } from './fields';

type Member = NonNullable<PartyWholeFragment['members']>[number];
type Asked = NonNullable<PartyWholeFragment['agentRequests']>[number];
const nameOf = (one: { name: string | null; phone: string | null }) => one.name ?? one.phone ?? '—';

/** Who acts for a party (经办人), and who asks to. */
export function PeopleTab({ party, refetch }: PartyTabProps) {
  return (
    <>
      <Members party={party} refetch={refetch} />
      <Requests party={party} refetch={refetch} />
    </>
  );
}

function Members({ party, refetch }: PartyTabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const tell = useTell();
  const { can } = useSession();
  const [end] = useAction(EndAgentDocument);
  const may = can('party.authorise') && party.status !== 'CLOSED';
  const ending = {
    title: t('parts.actions'),
    key: 'end',
    render: (_: unknown, m: Member) =>
      m.role === 'AGENT' ? (
        <ConfirmButton
          ask={t('agents.endAsk', { name: nameOf(m) })}
          text={t('agents.end')}
          label={t('agents.endOne', { name: nameOf(m) })}
          onConfirm={async () => {
            tell(await end({ id: m.id }), t('agents.ended'));
            refetch();
          }}
        />
      ) : null,
  };
  return (
    <PartList<Member>
      title={t('agents.title')}
      rows={party.members ?? []}
      empty={t('agents.none')}
      nameOf={nameOf}
      addText={t('agents.authorise')}
      canEdit={false}
      refetch={refetch}
      dialog={
        may && !isPerson(party.kind)
          ? (_, close) => <AuthoriseDialog party={party} onClose={close} refetch={refetch} />
          : undefined
      }
      columns={[
        { title: t('agents.name'), render: (_, m) => m.name ?? '—' },
        { title: t('agents.phone'), render: (_, m) => m.phone ?? '—' },
        { title: t('agents.role'), render: (_, m) => term('partyMemberRole', m.role) },
        { title: t('agents.since'), className: 'nowrap', render: (_, m) => format.date(m.since) },
        ...(may ? [ending] : []),
      ]}
    />
  );
}

interface DialogProps {
  party: PartyWholeFragment;
  onClose: () => void;
  refetch: () => void;
}

function AuthoriseDialog({ party, onClose, refetch }: DialogProps) {
  const t = useT();
  const required = useRequired();
  const [authorise] = useAction(AuthoriseAgentDocument);
  const { setFile, send } = useFile('PARTY_EVIDENCE');
  return (
    <FormDialog<{ phone: string }>
      name="agent"
      title={t('agents.authorise')}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ phone }) => {
        const paper = await send();
        if (paper.kind !== 'done') return paper;
        return authorise({ partyId: party.id, phone: phone.trim(), evidence: paper.value.id });
      }}
    >
      <p>{t('agents.authoriseText')}</p>
      <Form.Item name="phone" label={t('agents.phone')} rules={required(t('agents.phone'))}>
        <Input maxLength={20} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <PaperField id="agent_evidence" label={t('agents.paper')} hint={t('agents.paperHint')} onChoose={setFile} />
    </FormDialog>
  );
}

function Requests({ party, refetch }: PartyTabProps) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [answering, setAnswering] = useState<{ row: Asked; accept: boolean } | null>(null);
  const rows = party.agentRequests ?? [];
  if (rows.length === 0) return null;
  const buttons = {
    title: t('parts.actions'),
    key: 'answer',
    render: (_: unknown, row: Asked) => (
      <div className="actions">
        {([true, false] as const).map((accept) => (
          <Button
            key={String(accept)}
            size="small"
            danger={!accept}
            aria-label={t(accept ? 'agents.acceptOne' : 'agents.declineOne', { name: nameOf(row) })}
            onClick={() => setAnswering({ row, accept })}
          >
            {t(accept ? 'agents.accept' : 'agents.decline')}
          </Button>
        ))}
      </div>
    ),
  };
  return (
    <>
      <PartList<Asked>
        title={t('agents.requests')}
        rows={rows}
        empty={t('agents.noRequests')}
        nameOf={nameOf}
        refetch={refetch}
        columns={[
          { title: t('agents.name'), render: (_, r) => r.name ?? '—' },
          { title: t('agents.phone'), render: (_, r) => r.phone ?? '—' },
          { title: t('agents.askedAt'), className: 'nowrap', render: (_, r) => format.dateTime(r.askedAt) },
          ...(can('party.authorise') ? [buttons] : []),
        ]}
      />
      {answering ? (
        <Answer
          id={answering.row.id}
          name={nameOf(answering.row)}
          accept={answering.accept}
          onClose={() => setAnswering(null)}
          refetch={refetch}
        />
      ) : null}
    </>
  );
}

interface AnswerProps {
  id: string;
  name: string;
  accept: boolean;
  onClose: () => void;
  refetch: () => void;
}

/** Yes with the paper that authorises, or no with a reason. */
function Answer({ id, name, accept, onClose, refetch }: AnswerProps) {
  const t = useT();
  const [answer] = useAction(AnswerAgencyRequestDocument);
  const { setFile, send } = useFile('PARTY_EVIDENCE');
  if (!accept)
    return (
      <ReasonDialog
        name="decline"
        title={t('agents.declineOne', { name })}
        submitText={t('agents.decline')}
        max={200}
        onClose={onClose}
        onDone={refetch}
        onSubmit={(reason) => answer({ id, input: { accept: false, reason, evidence: null } })}
      />
    );
  return (
    <FormDialog<object>
      name="accept"
      title={t('agents.acceptOne', { name })}
      submitText={t('agents.accept')}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async () => {
        const paper = await send();
        if (paper.kind !== 'done') return paper;
        return answer({ id, input: { accept: true, reason: null, evidence: paper.value.id } });
      }}
    >
      <PaperField id="accept_evidence" label={t('agents.paper')} hint={t('agents.paperHint')} onChoose={setFile} />
    </FormDialog>
  );
}
