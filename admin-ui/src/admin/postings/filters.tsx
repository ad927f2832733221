import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useT } from '../app/i18n';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { Labelled } from '../kit/labelled';
import { TradePicker } from '../kit/trades';
import { YesNo } from '../kit/yes-no';
import { MarketPicker, PartyPicker } from './pickers';
import { countFilters, ENUMS, type EnumFilter, type PostingSearch, TERM_GROUPS, YES_NO } from './search';

type Change = Partial<Record<keyof PostingSearch, unknown>>;
interface Props {
  search: PostingSearch;
  onChange: (search: PostingSearch) => void;
}

const MORE: EnumFilter[] = ['kind', 'engagement', 'payDay', 'source'];
const HIDDEN = ['market', 'place', ...MORE, ...YES_NO, 'from', 'to', 'number'] as const;

/** All filters of the list; the common ones stand open, the others one press away. */
export function PostingFilters({ search, onChange }: Props) {
  const t = useT();
  const [open, setOpen] = useState(HIDDEN.some((key) => search[key] !== undefined));
  const set = (change: Change) => onChange(clean({ ...search, ...change }));
  const panel = useId();
  const n = countFilters(search);
  return (
    <search className="filters">
      <div className="filter-grid">
        <Words name="q" search={search} set={set} />
        <EnumChoice name="status" search={search} set={set} />
        <Labelled text={t('postings.filter.trade')}>
          {(id) => <TradePicker id={id} value={search.trade} onChange={(trade) => set({ trade })} />}
        </Labelled>
        <Labelled text={t('postings.filter.party')}>
          {(id) => <PartyPicker id={id} allowClear value={search.party} onChange={(party) => set({ party })} />}
        </Labelled>
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

interface PartProps {
  search: PostingSearch;
  set: (change: Change) => void;
}

function MoreFilters({ search, set }: PartProps) {
  const t = useT();
  return (
    <>
      <Labelled text={t('postings.filter.market')}>
        {(id) => <MarketPicker id={id} allowClear value={search.market} onChange={(market) => set({ market })} />}
      </Labelled>
      <Labelled text={t('postings.filter.place')}>
        {(id) => <DivisionPicker id={id} allowClear value={search.place} onChange={(place) => set({ place })} />}
      </Labelled>
      {MORE.map((key) => (
        <EnumChoice key={key} name={key} search={search} set={set} />
      ))}
      {YES_NO.map((key) => (
        <Labelled key={key} text={t(`postings.filter.${key}`)}>
          {(id) => (
            <YesNo
              id={id}
              value={search[key] && search[key] === 'yes'}
              onChange={(is) => set({ [key]: is === undefined ? undefined : is ? 'yes' : 'no' })}
            />
          )}
        </Labelled>
      ))}
      {(['from', 'to'] as const).map((key) => (
        <Labelled key={key} text={t(`postings.filter.${key}`)}>
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
      <Words name="number" search={search} set={set} />
    </>
  );
}

/** Words that are looked for once they are whole. */
function Words({ name, search, set }: PartProps & { name: 'q' | 'number' }) {
  const t = useT();
  return (
    <Labelled text={t(`postings.filter.${name}`)}>
      {(id) => (
        <Input.Search
          id={id}
          key={search[name] ?? ''}
          defaultValue={search[name] ?? ''}
          allowClear
          onSearch={(text) => set({ [name]: text.trim() || undefined })}
        />
      )}
    </Labelled>
  );
}

function EnumChoice({ name, search, set }: PartProps & { name: EnumFilter }) {
  const t = useT();
  return (
    <Labelled text={t(`postings.filter.${name}`)}>
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

function clean(search: Change): PostingSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  ) as PostingSearch;
}
