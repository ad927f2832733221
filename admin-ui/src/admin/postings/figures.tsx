import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { PostingFiguresPageDocument, type PostingFiguresPageQuery, SetPostingFiguresDocument } from '../gql/graphql';
import { DivisionName, DivisionPicker } from '../kit/division';
import { Figure } from '../kit/facts';
import { FormDialog } from '../kit/form';
import { today, useFormat } from '../kit/format';
import { useMoney, YuanInput } from '../kit/money';
import { Page } from '../kit/page';
import { RowList } from '../kit/row-list';
import { useRequired } from '../kit/rules';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Figures = NonNullable<PostingFiguresPageQuery['postingFigures']>;
type Wage = Figures['minimumWages'][number];

interface Values {
  reviewMinutes: number;
  staleDays: number;
  minimumWages?: Partial<Wage>[];
}

/** What postings are held to in this city (招聘信息标准): the target of review, when one is stale, minimum wages with their document. */
export function PostingFigures() {
  const t = useT();
  const { can } = useSession();
  const query = useQuery({ query: PostingFiguresPageDocument });
  const [editing, setEditing] = useState(false);
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Page
      title={t('standards.title')}
      lead={t('standards.lead')}
      actions={can('posting.settings') ? <Button onClick={() => setEditing(true)}>{t('action.edit')}</Button> : null}
    >
      <Loaded query={query}>
        {({ postingFigures }) =>
          postingFigures ? (
            <>
              <Shown figures={postingFigures} />
              {editing ? (
                <EditFigures figures={postingFigures} onClose={() => setEditing(false)} refetch={refetch} />
              ) : null}
            </>
          ) : null
        }
      </Loaded>
    </Page>
  );
}

function Shown({ figures }: { figures: Figures }) {
  const t = useT();
  const format = useFormat();
  const { amount } = useMoney();
  return (
    <>
      <dl className="figures">
        <Figure label={t('standards.reviewMinutes')}>{t('standards.minutes', { n: figures.reviewMinutes })}</Figure>
        <Figure label={t('standards.staleDays')}>{t('standards.days', { n: figures.staleDays })}</Figure>
      </dl>
      <h2>{t('standards.wages')}</h2>
      <DataTable<Wage>
        rowKey={(wage) => `${wage.county ?? ''} ${wage.from}`}
        aria-label={t('standards.wages')}
        dataSource={figures.minimumWages}
        locale={{ emptyText: <Nothing text={t('standards.unset')} /> }}
        columns={[
          {
            title: t('standards.county'),
            render: (_, w) => (w.county ? <DivisionName code={w.county} /> : t('standards.rest')),
          },
          { title: t('standards.from'), render: (_, w) => format.date(w.from) },
          { title: t('standards.hourly'), render: (_, w) => amount(w.hourlyFen) },
          { title: t('standards.monthly'), render: (_, w) => amount(w.monthlyFen) },
          { title: t('standards.basis'), render: (_, w) => w.basis },
        ]}
      />
    </>
  );
}

interface EditProps {
  figures: Figures;
  onClose: () => void;
  refetch: () => void;
}

function EditFigures({ figures, onClose, refetch }: EditProps) {
  const t = useT();
  const required = useRequired();
  const [set] = useAction(SetPostingFiguresDocument);
  return (
    <FormDialog<Values>
      name="figures"
      title={t('standards.title')}
      width={760}
      initial={figures}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ reviewMinutes, staleDays, minimumWages }) =>
        set({
          version: figures.version,
          input: {
            reviewMinutes,
            staleDays,
            minimumWages: (minimumWages ?? []).map((wage) => ({
              county: wage.county ?? null,
              from: wage.from ?? '',
              hourlyFen: wage.hourlyFen ?? null,
              monthlyFen: wage.monthlyFen ?? null,
              basis: wage.basis?.trim() ?? '',
            })),
          },
        })
      }
    >
      <div className="filter-grid">
        <Form.Item
          name="reviewMinutes"
          label={t('standards.reviewMinutes')}
          rules={required(t('standards.reviewMinutes'))}
        >
          <InputNumber min={5} max={10080} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="staleDays" label={t('standards.staleDays')} rules={required(t('standards.staleDays'))}>
          <InputNumber min={1} max={90} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <div id="figures_minimumWages">
        <RowList
          name="minimumWages"
          title={(n) => t('standards.wage', { n })}
          removeText={(n) => t('standards.removeWage', { n })}
          addText={t('standards.addWage')}
          fresh={() => ({ from: today(), basis: '' })}
        >
          {(index) => <WageRow index={index} />}
        </RowList>
      </div>
    </FormDialog>
  );
}

function WageRow({ index }: { index: number }) {
  const t = useT();
  const required = useRequired();
  return (
    <div className="hours-grid">
      <Form.Item name={[index, 'county']} label={t('standards.county')} extra={t('standards.countyHint')}>
        <DivisionPicker allowClear />
      </Form.Item>
      <Form.Item name={[index, 'from']} label={t('standards.from')} rules={required(t('standards.from'))}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name={[index, 'hourlyFen']} label={t('standards.hourly')}>
        <YuanInput />
      </Form.Item>
      <Form.Item name={[index, 'monthlyFen']} label={t('standards.monthly')}>
        <YuanInput />
      </Form.Item>
      <Form.Item name={[index, 'basis']} label={t('standards.basis')} rules={required(t('standards.basis'))}>
        <Input maxLength={100} />
      </Form.Item>
    </div>
  );
}
