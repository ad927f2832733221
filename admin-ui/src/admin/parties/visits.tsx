import { Link } from '@tanstack/react-router';
import { Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type EmployerVisitFilter,
  type EmployerVisitInput,
  EmployerVisitsDocument,
  type EmployerVisitsQuery,
  SaveVisitDocument,
} from '../gql/graphql';
import { DivisionName, DivisionPicker } from '../kit/division';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { PartList } from '../kit/parts';
import { useRequired } from '../kit/rules';
import { PartyPicker } from '../postings/pickers';

type Row = NonNullable<EmployerVisitsQuery['employerVisits']>['edges'][number]['node'];

/** Visits to those who hire, or might (走访企业): who went, what was needed, and when somebody asks again. */
export function VisitList() {
  const t = useT();
  const [search, setSearch] = useState('');
  const [before, setBefore] = useState('');
  return (
    <Page title={t('visits.title')} lead={t('visits.lead')}>
      <search className="filters">
        <div className="filter-grid">
          <Labelled text={t('visits.search')}>
            {(id) => <Input.Search id={id} allowClear onSearch={(text) => setSearch(text.trim())} />}
          </Labelled>
          <Labelled text={t('visits.followUpBefore')}>
            {(id) => <Input id={id} type="date" value={before} onChange={(e) => setBefore(e.target.value)} />}
          </Labelled>
        </div>
      </search>
      <VisitRows filter={{ ...(search ? { search } : {}), ...(before ? { followUpBefore: before } : {}) }} />
    </Page>
  );
}

interface Props {
  filter: EmployerVisitFilter;
  /** Where all are of one party. */
  party?: { id: string; name: string };
}

export function VisitRows({ filter, party }: Props) {
  const t = useT();
  const format = useFormat();
  const { slug, can } = useSession();
  const pages = usePages(JSON.stringify(filter));
  const query = useQuery({
    query: EmployerVisitsDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter },
  });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const may = can('visit.save');
  return (
    <Paged query={query} pages={pages} of={(data) => data.employerVisits}>
      {(rows) => (
        <PartList<Row>
          title={t('visits.title')}
          rows={rows}
          empty={t('visits.none')}
          nameOf={(row) => t('visits.name', { name: row.name, date: format.date(row.visitedOn) })}
          addText={t('visits.add')}
          canEdit={may}
          canAdd={may}
          refetch={refetch}
          dialog={
            may ? (row, close) => <VisitDialog row={row} party={party} onClose={close} refetch={refetch} /> : undefined
          }
          columns={[
            { title: t('visits.on'), className: 'nowrap', render: (_, v) => format.date(v.visitedOn) },
            {
              title: t('visits.whom'),
              render: (_, v) =>
                v.partyId && !party ? (
                  <Link to="/$slug/parties/$id" params={{ slug, id: v.partyId }}>
                    {v.name}
                  </Link>
                ) : (
                  v.name
                ),
            },
            { title: t('parties.county'), render: (_, v) => <DivisionName code={v.county} /> },
            { title: t('visits.visitors'), render: (_, v) => v.visitors },
            { title: t('visits.needs'), render: (_, v) => v.needs },
            { title: t('visits.headcount'), render: (_, v) => format.number(v.headcount) },
            { title: t('visits.followUp'), render: (_, v) => <FollowUp row={v} /> },
          ]}
        />
      )}
    </Paged>
  );
}

function FollowUp({ row: v }: { row: Row }) {
  const t = useT();
  const format = useFormat();
  if (v.followedUpOn) return <>{t('visits.followedUp', { date: format.date(v.followedUpOn) })}</>;
  return <>{format.date(v.followUpOn)}</>;
}

interface DialogProps {
  row: Row | null;
  party: Props['party'];
  onClose: () => void;
  refetch: () => void;
}

function VisitDialog({ row, party, onClose, refetch }: DialogProps) {
  const t = useT();
  const { viewer } = useSession();
  const [save] = useAction(SaveVisitDocument);
  const fresh = { visitedOn: today(), visitors: viewer.account.displayName, partyId: party?.id ?? null };
  return (
    <FormDialog<EmployerVisitInput>
      name="visit"
      title={t('visits.add')}
      initial={row ?? fresh}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={(v) =>
        save({
          id: row?.id ?? null,
          version: row?.version ?? null,
          input: {
            partyId: party?.id ?? v.partyId ?? null,
            marketId: row?.marketId ?? null,
            name: v.name?.trim() || null,
            county: v.county ?? null,
            visitedOn: v.visitedOn,
            visitors: v.visitors.trim(),
            needs: v.needs.trim(),
            headcount: v.headcount ?? null,
            followUpOn: v.followUpOn || null,
            followedUpOn: v.followedUpOn || null,
          },
        })
      }
    >
      <VisitFields ofParty={Boolean(party)} seen={row !== null} />
    </FormDialog>
  );
}

function VisitFields({ ofParty, seen }: { ofParty: boolean; seen: boolean }) {
  const t = useT();
  const required = useRequired();
  const registered = Boolean(Form.useWatch('partyId')) || ofParty;
  return (
    <>
      {ofParty ? null : (
        <Form.Item name="partyId" label={t('visits.party')} extra={t('visits.partyHint')}>
          <PartyPicker allowClear />
        </Form.Item>
      )}
      {registered ? null : (
        <>
          <Form.Item name="name" label={t('visits.whom')} rules={required(t('visits.whom'))}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="county" label={t('parties.county')} rules={required(t('parties.county'))}>
            <DivisionPicker />
          </Form.Item>
        </>
      )}
      <div className="filter-grid">
        <Form.Item name="visitedOn" label={t('visits.on')} rules={required(t('visits.on'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="headcount" label={t('visits.headcount')}>
          <InputNumber min={1} max={10_000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="visitors" label={t('visits.visitors')} rules={required(t('visits.visitors'))}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="needs" label={t('visits.needs')} rules={required(t('visits.needs'))}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="followUpOn" label={t('visits.followUp')}>
          <Input type="date" />
        </Form.Item>
        {seen ? (
          <Form.Item name="followedUpOn" label={t('visits.followedUpOn')}>
            <Input type="date" max={today()} />
          </Form.Item>
        ) : null}
      </div>
    </>
  );
}
