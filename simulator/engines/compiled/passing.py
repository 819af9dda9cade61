"""How tables reach compiled code: as one address, however many arrays they are.

A tuple of sixty arrays would be taken apart and put together again at every call between kernels. Compiled, `t`
is the address of a directory with the place and the length of every array; `t.lines` reads two numbers of it.
Interpreted, `t` is the tuple itself.
"""

from typing import Any

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.core.typing.templates import AttributeTemplate
from numba.np.arrayobj import make_array, populate_array

from simulator.engines.compiled.layout import KINDS, Tables

WORD = ir.IntType(64)
PLACES = {name: 2 * place for place, name in enumerate(KINDS)}
ARRAYS = {name: types.Array(numba.from_dtype(kind), 1, "C") for name, kind in KINDS.items()}


class TablesType(types.Type):
    """The type of the address of a directory."""

    def __init__(self) -> None:
        super().__init__(name="Tables")


TABLES = TablesType()
register_model(TablesType)(models.OpaqueModel)


@typeof_impl.register(Tables)
def _typeof(value: Tables, context: Any) -> TablesType:
    return TABLES


@unbox(TablesType)
def _unbox(kind: TablesType, value: Any, context: Any) -> NativeValue:
    address = context.pyapi.object_getattr_string(value, "address")
    pointer = context.pyapi.long_as_voidptr(address)
    context.pyapi.decref(address)
    return NativeValue(pointer, is_error=cgutils.is_not_null(context.builder, context.pyapi.err_occurred()))


@infer_getattr
class _Attributes(AttributeTemplate):
    key = TablesType

    def generic_resolve(self, kind: TablesType, name: str) -> types.Type | None:
        return ARRAYS.get(name)


@lower_getattr_generic(TablesType)
def _array(context: Any, builder: Any, kind: TablesType, value: Any, name: str) -> Any:
    directory = builder.bitcast(value, WORD.as_pointer())
    address, length = (
        builder.load(builder.gep(directory, [ir.Constant(WORD, PLACES[name] + offset)])) for offset in (0, 1)
    )
    array = make_array(ARRAYS[name])(context, builder)
    itemsize = ir.Constant(WORD, KINDS[name].itemsize)
    populate_array(
        array,
        data=builder.inttoptr(address, array.data.type),
        shape=[length],
        strides=[itemsize],
        itemsize=itemsize,
        meminfo=None,
    )
    return array._getvalue()
