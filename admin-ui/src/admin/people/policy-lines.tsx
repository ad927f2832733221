import { Button, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type PolicyLineInput,
  PolicyLinesDocument,
  type PolicyLinesQuery,
  type RolesQuery,
  SetPolicyLineDocument,
  WithdrawPolicyLineDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { ConfirmButton } from '../kit/confirm';
import { useEvery } from '../kit/every';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { useRequired } from '../kit/rules';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Role = NonNullable<RolesQuery['roles']>[number];
type Row = NonNullable<PolicyLinesQuery['policyLines']>['edges'][number]['node'];

interface Props {
  roles: Role[];
  /** The matrix above shows what came of a change. */
  onChanged: () => void;
}

/** The city's own lines of policy (授权策略): what a role may do here beside what the house gives it, or may not do. */
export function PolicyLines({ roles, onChanged }: Props) {
  const t = useT();
  const { can } = useSession();
  const pages = usePages();
  const [setting, setSetting] = useState(false);
  const query = useQuery({ query: PolicyLinesDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  const changed = () => {
    query[1]({ requestPolicy: 'network-only' });
    onChanged();
  };
  return (
    <section aria-labelledby="policy-lines">
      <h2 id="policy-lines">{t('policy.title')}</h2>
      <p className="soft">{t('policy.lead')}</p>
      {can('policy.set') ? (
        <Button className="policy-set" onClick={() => setSetting(true)}>
          {t('policy.set')}
        </Button>
      ) : null}
      <Paged query={query} pages={pages} of={(data) => data.policyLines}>
        {(rows) => <Lines rows={rows} onChanged={changed} />}
      </Paged>
      {setting ? <Setting roles={roles} onClose={() => setSetting(false)} onSet={changed} /> : null}
    </section>
  );
}

function Lines({ rows, onChanged }: { rows: Row[]; onChanged: () => void }) {
  const t = useT();
  const format = useFormat();
  const tell = useTell();
  const { can } = useSession();
  const [withdraw] = useAction(WithdrawPolicyLineDocument);
  return (
    <DataTable<Row>
      rowKey="id"
      dataSource={rows}
      locale={{ emptyText: <Nothing text={t('policy.none')} /> }}
      columns={[
        { title: t('policy.role'), render: (_, line) => line.role.title },
        {
          title: t('policy.action'),
          render: (_, { action }) => (
            <>
              {action.title}
              <div className="soft">
                <code>{action.name}</code>
              </div>
            </>
          ),
        },
        {
          title: t('policy.effect'),
          render: (_, { effect }) => (
            <Chip tone={effect === 'DENY' ? 'bad' : 'good'}>{t(`policyEffect.${effect}`)}</Chip>
          ),
        },
        { title: t('policy.setAt'), render: (_, line) => format.dateTime(line.setAt) },
        ...(can('policy.withdraw')
          ? [
              {
                title: t('parts.actions'),
                render: (_: unknown, { id, version, role, action }: Row) => (
                  <ConfirmButton
                    ask={t('policy.withdrawAsk', { role: role.title, action: action.title })}
                    text={t('policy.withdraw')}
                    label={t('policy.withdrawOne', { role: role.title, action: action.title })}
                    onConfirm={async () => {
                      tell(await withdraw({ id, version }), t('policy.withdrawn'));
                      onChanged();
                    }}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

interface SettingProps {
  roles: Role[];
  onClose: () => void;
  onSet: () => void;
}

const linesOf = (data: PolicyLinesQuery) => data.policyLines;

/** The line that is changed may stand on any page of the list. */
function Setting(props: SettingProps) {
  const all = useEvery(PolicyLinesDocument, linesOf);
  const clash = () => {
    all[1]();
    props.onSet();
  };
  return <Loaded query={all}>{(lines) => <SetDialog {...props} lines={lines} onClash={clash} />}</Loaded>;
}

interface SetProps extends SettingProps {
  lines: Row[];
  onClash: () => void;
}

function SetDialog({ roles, lines, onClose, onSet, onClash }: SetProps) {
  const t = useT();
  const tell = useTell();
  const required = useRequired();
  const [set] = useAction(SetPolicyLineDocument);
  // The part of the three administrators is fixed.
  const offices = roles.filter((role) => !role.exclusiveGroup);
  // What every office is forbidden by now is a line, and can be allowed again.
  const known = [...offices.flatMap((role) => role.actions), ...lines.map((line) => line.action)];
  const fixed = new Set(roles.filter((role) => role.exclusiveGroup).flatMap((r) => r.actions.map(({ name }) => name)));
  const actions = new Map(known.filter(({ name }) => !fixed.has(name)).map(({ name, title }) => [name, title]));
  const submit = (input: PolicyLineInput) => {
    const same = lines.find((line) => line.role.name === input.role && line.action.name === input.action);
    return set({ input, version: same?.version ?? 0 });
  };
  return (
    <FormDialog<PolicyLineInput>
      name="policy-line"
      title={t('policy.set')}
      initial={{ effect: 'ALLOW' }}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('policy.isSet'));
        onSet();
      }}
      onClash={onClash}
      onSubmit={submit}
    >
      <Form.Item name="role" label={t('policy.role')} rules={required(t('policy.role'))}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={offices.map(({ name, title }) => ({ value: name, label: title }))}
        />
      </Form.Item>
      <Form.Item name="action" label={t('policy.action')} rules={required(t('policy.action'))}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[...actions].sort().map(([name, title]) => ({ value: name, label: `${title}（${name}）` }))}
        />
      </Form.Item>
      <Form.Item name="effect" label={t('policy.effect')} extra={t('policy.denyHint')}>
        <Radio.Group
          options={(['ALLOW', 'DENY'] as const).map((value) => ({ value, label: t(`policyEffect.${value}`) }))}
        />
      </Form.Item>
    </FormDialog>
  );
}
