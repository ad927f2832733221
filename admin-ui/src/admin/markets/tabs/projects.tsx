import { Form, Input } from 'antd';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type ProjectInput, RemoveProjectDocument, SaveProjectDocument } from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { RowList } from '../../kit/row-list';
import { useRequired } from '../../kit/rules';
import { LIMITS } from '../limits';
import { ENUMS } from '../search';
import { amendable } from '../steps';
import { type DialogProps, partOf, type TabProps } from './props';

type Row = TabProps['market']['projects'][number];
const TONES = { PLANNED: 'plain', DONE: 'good', LATE: 'bad' } as const;

/** Building and conversion projects (建设项目) with their milestones. */
export function ProjectsTab({ market, refetch }: TabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const [remove] = useAction(RemoveProjectDocument);
  return (
    <PartList<Row>
      title={t('projects.title')}
      rows={market.projects}
      empty={t('projects.none')}
      nameOf={(row) => row.title}
      addText={t('projects.add')}
      refetch={refetch}
      remove={({ id, version }) => remove({ id, version })}
      dialog={
        amendable(market.status) && can('market.plan')
          ? (row, close) => <ProjectDialog row={row} close={close} marketId={market.id} refetch={refetch} />
          : undefined
      }
      columns={[
        {
          title: t('projects.name'),
          render: (_, r) => (
            <>
              <b>{r.title}</b>
              <div className="soft">{term('construction', r.mode)}</div>
            </>
          ),
        },
        { title: t('projects.openOn'), width: 130, render: (_, r) => format.date(r.plannedOpenOn) },
        {
          title: t('projects.milestones'),
          render: (_, r) => (
            <ul className="bare">
              {r.milestones.map((m) => (
                <li key={m.id}>
                  <Chip tone={TONES[m.status]}>{term('milestone', m.status)}</Chip> {m.title}{' '}
                  <span className="soft">
                    {m.doneOn
                      ? t('projects.doneOn', { date: format.date(m.doneOn) })
                      : t('projects.dueOn', { date: format.date(m.dueOn) })}
                  </span>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}

function ProjectDialog({ row, close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const [save] = useAction(SaveProjectDocument);
  const required = useRequired();
  return (
    <FormDialog<ProjectInput>
      name="project"
      width={720}
      title={row ? t('projects.edit') : t('projects.add')}
      initial={
        row
          ? { ...row, milestones: row.milestones.map(({ title, dueOn, doneOn }) => ({ title, dueOn, doneOn })) }
          : { milestones: [] }
      }
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ mode, title, plannedOpenOn, milestones }) =>
        save({
          ...partOf(marketId, row),
          input: {
            mode,
            title,
            plannedOpenOn: plannedOpenOn || null,
            milestones: (milestones ?? []).map((m) => ({ ...m, doneOn: m.doneOn || null })),
          },
        })
      }
    >
      <Form.Item name="title" label={t('projects.name')} rules={required(t('projects.name'))}>
        <Input maxLength={LIMITS.name} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="mode" label={t('projects.mode')} rules={required(t('projects.mode'))}>
          <TermSelect group="construction" values={ENUMS.project} />
        </Form.Item>
        <Form.Item name="plannedOpenOn" label={t('projects.openOn')}>
          <Input type="date" />
        </Form.Item>
      </div>
      <h3>{t('projects.milestones')}</h3>
      <RowList
        name="milestones"
        title={(n) => t('projects.milestoneRow', { n })}
        removeText={(n) => t('projects.removeMilestone', { n })}
        addText={t('projects.addMilestone')}
        fresh={() => ({ title: '', dueOn: '' })}
      >
        {(index) => (
          <div className="hours-grid">
            <Form.Item
              name={[index, 'title']}
              label={t('projects.milestoneTitle')}
              rules={required(t('projects.milestoneTitle'))}
            >
              <Input maxLength={LIMITS.name} />
            </Form.Item>
            <Form.Item name={[index, 'dueOn']} label={t('projects.due')} rules={required(t('projects.due'))}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name={[index, 'doneOn']} label={t('projects.done')}>
              <Input type="date" />
            </Form.Item>
          </div>
        )}
      </RowList>
    </FormDialog>
  );
}
