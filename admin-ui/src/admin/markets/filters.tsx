import { Button, Input, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { useT } from '../app/i18n';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { Labelled } from '../kit/labelled';
import { TradePicker } from '../kit/trades';
import { YesNo } from '../kit/yes-no';
import { countFilters, ENUMS, type EnumFilter, type MarketSearch, TERM_GROUPS, YES_NO } from './search';

interface Props {
  search: MarketSearch;
  onChange: (search: MarketSearch) => void;
}

const FIRST: EnumFilter[] = ['nature', 'status'];
const MORE: EnumFilter[] = [
  'operator',
  'layout',
  'basis',
  'zone',
  'facility',
  'service',
  'annotation',
  'provider',
  'project',
];

const BEFORE = ['contractBefore', 'checkBefore', 'licenceBefore'] as const;
const HIDDEN = ['village', ...MORE, ...YES_NO, ...BEFORE, 'minSeekers'] as const;

/** All filters of the list; the common ones stand open, the others one press away. */
export function MarketFilters({ search, onChange }: Props) {
  const t = useT();
  const [open, setOpen] = useState(HIDDEN.some((key) => search[key] !== undefined));
  const set = (change: Partial<Record<keyof MarketSearch, unknown>>) => onChange(clean({ ...search, ...change }));
  const panel = useId();
  const n = countFilters(search);
  return (
    <search className="filters">
      <div className="filter-grid">
        <Labelled text={t('markets.filter.q')}>
          {(id) => (
            <Input.Search
              id={id}
              key={search.q ?? ''}
              defaultValue={search.q ?? ''}
              allowClear
              placeholder={t('markets.filter.qHint')}
              onSearch={(q) => set({ q: q.trim() || undefined })}
            />
          )}
        </Labelled>
        <Labelled text={t('markets.filter.trade')}>
          {(id) => <TradePicker id={id} value={search.trade} onChange={(trade) => set({ trade })} />}
        </Labelled>
        <Labelled text={t('markets.filter.place')}>
          {(id) => <DivisionPicker id={id} allowClear value={search.place} onChange={(place) => set({ place })} />}
        </Labelled>
        {FIRST.map((key) => (
          <EnumChoice key={key} name={key} search={search} set={set} />
        ))}
      </div>
      <div className="filter-bar">
        <Button type="link" aria-expanded={open} aria-controls={panel} onClick={() => setOpen(!open)}>
          {t(open ? 'markets.filter.less' : 'markets.filter.more')}
        </Button>
        {n > 0 ? (
          <Button type="link" onClick={() => onChange(search.order ? { order: search.order } : {})}>
            {t('markets.filter.clear', { n })}
          </Button>
        ) : null}
      </div>
      <div className="filter-grid" id={panel} hidden={!open}>
        <MoreFilters search={search} set={set} />
      </div>
    </search>
  );
}

function MoreFilters({ search, set }: Omit<ChoiceProps, 'name'>) {
  const t = useT();
  return (
    <>
      <Labelled text={t('markets.filter.village')}>
        {(id) => (
          <Input.Search
            id={id}
            key={search.village ?? ''}
            defaultValue={search.village ?? ''}
            allowClear
            placeholder={t('markets.filter.villageHint')}
            onSearch={(village) => set({ village: village.trim() || undefined })}
          />
        )}
      </Labelled>
      {MORE.map((key) => (
        <EnumChoice key={key} name={key} search={search} set={set} />
      ))}
      {YES_NO.map((key) => (
        <Labelled key={key} text={t(`markets.filter.${key}`)}>
          {(id) => (
            <YesNo
              id={id}
              value={search[key] && search[key] === 'yes'}
              onChange={(is) => set({ [key]: is === undefined ? undefined : is ? 'yes' : 'no' })}
            />
          )}
        </Labelled>
      ))}
      {BEFORE.map((key) => (
        <Labelled key={key} text={t(`markets.filter.${key}`)}>
          {(id) => (
            <Input
              id={id}
              type="date"
              value={search[key] ?? ''}
              onChange={(e) => set({ [key]: e.target.value || undefined })}
            />
          )}
        </Labelled>
      ))}
      <Labelled text={t('markets.filter.minSeekers')}>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            value={search.minSeekers ?? null}
            onChange={(v) => set({ minSeekers: v ?? undefined })}
            style={{ width: '100%' }}
          />
        )}
      </Labelled>
    </>
  );
}

function clean(search: Partial<Record<keyof MarketSearch, unknown>>): MarketSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  ) as MarketSearch;
}

interface ChoiceProps {
  name: EnumFilter;
  search: MarketSearch;
  set: (change: Partial<Record<keyof MarketSearch, unknown>>) => void;
}

function EnumChoice({ name, search, set }: ChoiceProps) {
  const t = useT();
  return (
    <Labelled text={t(`markets.filter.${name}`)}>
      {(id) => (
        <TermSelect
          id={id}
          group={TERM_GROUPS[name]}
          values={ENUMS[name]}
          value={search[name]}
          allowClear
          placeholder={t('choice.any')}
          onChange={(value) => set({ [name]: value })}
        />
      )}
    </Labelled>
  );
}
