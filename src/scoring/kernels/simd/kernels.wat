;; The heavy loops of scoring on 128-bit vectors. `simdKernels.ts` lays the memory out and says what every address holds;
;; the TypeScript kernels are the authority: both give the same integers. Compiled by `npm run kernels`.
(module
	(memory (export "memory") 1)

	;; Labels to 0 or 1 in place: byte n becomes table[byte n]. `count` is a multiple of 16.
	(func (export "membership") (param $at i32) (param $count i32) (param $table i32)
		(local $end i32) (local $v v128) (local $low v128) (local $n i32)
		(local.set $end (i32.add (local.get $at) (local.get $count)))
		;; Labels below 16 take their value from one vector.
		(local.set $low (v128.load (local.get $table)))
		(block $done (loop $next
			(br_if $done (i32.ge_u (local.get $at) (local.get $end)))
			(local.set $v (v128.load (local.get $at)))
			(if (v128.any_true (local.get $v))
				(then
					(if (v128.any_true (i8x16.gt_u (local.get $v) (v128.const i8x16 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15)))
						(then
							(local.set $n (i32.const 0))
							(loop $byte
								(i32.store8
									(i32.add (local.get $at) (local.get $n))
									(i32.load8_u (i32.add (local.get $table)
										(i32.load8_u (i32.add (local.get $at) (local.get $n))))))
								(local.set $n (i32.add (local.get $n) (i32.const 1)))
								(br_if $byte (i32.lt_u (local.get $n) (i32.const 16)))))
						(else (v128.store (local.get $at) (i8x16.swizzle (local.get $low) (local.get $v)))))))
			(local.set $at (i32.add (local.get $at) (i32.const 16)))
			(br $next))))

	;; Neighbour codes: bit k of code n is inside[n - steps[k]]. `count` is a multiple of 16.
	(func (export "codes") (param $inside i32) (param $codes i32) (param $count i32) (param $steps i32) (param $bits i32)
		(local $n i32) (local $k i32) (local $v v128)
		(block $done (loop $next
			(br_if $done (i32.ge_u (local.get $n) (local.get $count)))
			(local.set $v (v128.const i32x4 0 0 0 0))
			(local.set $k (i32.const 0))
			(loop $bit
				(local.set $v (v128.or (local.get $v)
					(i8x16.shl
						(v128.load (i32.sub
							(i32.add (local.get $inside) (local.get $n))
							(i32.load (i32.add (local.get $steps) (i32.shl (local.get $k) (i32.const 2))))))
						(local.get $k))))
				(local.set $k (i32.add (local.get $k) (i32.const 1)))
				(br_if $bit (i32.lt_u (local.get $k) (local.get $bits))))
			(v128.store (i32.add (local.get $codes) (local.get $n)) (local.get $v))
			(local.set $n (i32.add (local.get $n) (i32.const 16)))
			(br $next))))

	;; Elements among the codes: turns each code into surface[code], 0 or 1, and gives their number. Codes that are 0 or
	;; `full` are no surface. Before it is overwritten, each element's code is stored behind `kept`, where that is not 0.
	(func $elements (export "elements")
		(param $codes i32) (param $count i32) (param $full i32) (param $surface i32) (param $at i32) (param $kept i32)
		(result i32)
		(local $n i32) (local $k i32) (local $v v128) (local $all v128) (local $code i32) (local $found i32)
		(local.set $all (i8x16.splat (local.get $full)))
		(block $done (loop $next
			(br_if $done (i32.ge_u (local.get $n) (local.get $count)))
			(local.set $v (v128.load (i32.add (local.get $codes) (local.get $n))))
			(if (v128.any_true (local.get $v))
				(then
					(if (i8x16.all_true (i8x16.eq (local.get $v) (local.get $all)))
						(then
							(if (local.get $at) (then
								(v128.store (i32.add (local.get $codes) (local.get $n)) (v128.const i32x4 0 0 0 0)))))
						(else
							(local.set $k (local.get $n))
							(loop $byte
								(local.set $code (i32.load8_u (i32.add (local.get $codes) (local.get $k))))
								(if (i32.load8_u (i32.add (local.get $surface) (local.get $code)))
									(then
										(if (local.get $at) (then
											(i32.store (i32.add (local.get $at) (i32.shl (local.get $found) (i32.const 2))) (local.get $k))
											(i32.store8 (i32.add (local.get $kept) (local.get $found)) (local.get $code))
											(i32.store8 (i32.add (local.get $codes) (local.get $k)) (i32.const 1))))
										(local.set $found (i32.add (local.get $found) (i32.const 1))))
									(else
										(if (local.get $at) (then
											(i32.store8 (i32.add (local.get $codes) (local.get $k)) (i32.const 0))))))
								(local.set $k (i32.add (local.get $k) (i32.const 1)))
								(br_if $byte (i32.lt_u (local.get $k) (i32.add (local.get $n) (i32.const 16)))))))))
			(local.set $n (i32.add (local.get $n) (i32.const 16)))
			(br $next)))
		(local.get $found))

	;; Probes the other map around every element, nearest places first, and counts by distance and area class. Elements that
	;; find nothing are listed behind `far`; gives their number.
	(func (export "probe")
		(param $map i32) (param $at i32) (param $areas i32) (param $count i32)
		(param $deltas i32) (param $rows i32) (param $probes i32) (param $near i32) (param $far i32)
		(result i32)
		(local $n i32) (local $k i32) (local $here i32) (local $cell i32) (local $missed i32)
		(block $done (loop $next
			(br_if $done (i32.ge_u (local.get $n) (local.get $count)))
			(local.set $here (i32.add (local.get $map)
				(i32.load (i32.add (local.get $at) (i32.shl (local.get $n) (i32.const 2))))))
			(local.set $k (i32.const 0))
			(block $stop
				(loop $probe
					(if (i32.ge_u (local.get $k) (local.get $probes))
						(then
							(i32.store (i32.add (local.get $far) (i32.shl (local.get $missed) (i32.const 2))) (local.get $n))
							(local.set $missed (i32.add (local.get $missed) (i32.const 1)))
							(br $stop)))
					(if (i32.load8_u (i32.add (local.get $here)
							(i32.load (i32.add (local.get $deltas) (i32.shl (local.get $k) (i32.const 2))))))
						(then
							;; Row of the distance class in the table, plus the column of the area class.
							(local.set $cell (i32.add (local.get $near) (i32.shl
								(i32.add
									(i32.load (i32.add (local.get $rows) (i32.shl (local.get $k) (i32.const 2))))
									(i32.load8_u (i32.add (local.get $areas) (local.get $n))))
								(i32.const 2))))
							(i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
							(br $stop)))
					(local.set $k (i32.add (local.get $k) (i32.const 1)))
					(br $probe)))
			(local.set $n (i32.add (local.get $n) (i32.const 1)))
			(br $next)))
		(local.get $missed))

	;; Pairs of labels of a stretch of both maps, and the regions met along each axis. `count` is a multiple of 16; the first
	;; voxel of the stretch is number `first` of a grid with nx voxels a row and ny rows a slice.
	(func (export "pairs")
		(param $r i32) (param $p i32) (param $count i32) (param $first i32) (param $nx i32) (param $ny i32)
		(param $pairs i32) (param $members i32) (param $atX i32) (param $atY i32) (param $atZ i32)
		(local $n i32) (local $k i32) (local $x i32) (local $row i32) (local $z i32)
		(local $a i32) (local $b i32) (local $cell i32) (local $bits i32)
		(block $done (loop $next
			(br_if $done (i32.ge_u (local.get $n) (local.get $count)))
			(if (v128.any_true (v128.or
					(v128.load (i32.add (local.get $r) (local.get $n)))
					(v128.load (i32.add (local.get $p) (local.get $n)))))
				(then
					(local.set $k (local.get $n))
					(local.set $row (i32.div_u (i32.add (local.get $first) (local.get $n)) (local.get $nx)))
					(local.set $x (i32.sub (i32.add (local.get $first) (local.get $n)) (i32.mul (local.get $row) (local.get $nx))))
					(loop $byte
						(local.set $a (i32.load8_u (i32.add (local.get $r) (local.get $k))))
						(local.set $b (i32.load8_u (i32.add (local.get $p) (local.get $k))))
						(if (i32.or (local.get $a) (local.get $b))
							(then
								(local.set $cell (i32.add (local.get $pairs)
									(i32.shl (i32.or (i32.shl (local.get $a) (i32.const 8)) (local.get $b)) (i32.const 2))))
								(i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
								(local.set $bits (i32.or
									(i32.load8_u (i32.add (local.get $members) (local.get $a)))
									(i32.load8_u (i32.add (local.get $members) (local.get $b)))))
								(if (local.get $bits)
									(then
										(local.set $z (i32.div_u (local.get $row) (local.get $ny)))
										(call $mark (i32.add (local.get $atX) (local.get $x)) (local.get $bits))
										(call $mark
											(i32.add (local.get $atY)
												(i32.sub (local.get $row) (i32.mul (local.get $z) (local.get $ny))))
											(local.get $bits))
										(call $mark (i32.add (local.get $atZ) (local.get $z)) (local.get $bits))))))
						(local.set $x (i32.add (local.get $x) (i32.const 1)))
						(if (i32.eq (local.get $x) (local.get $nx))
							(then
								(local.set $x (i32.const 0))
								(local.set $row (i32.add (local.get $row) (i32.const 1)))))
						(local.set $k (i32.add (local.get $k) (i32.const 1)))
						(br_if $byte (i32.lt_u (local.get $k) (i32.add (local.get $n) (i32.const 16)))))))
			(local.set $n (i32.add (local.get $n) (i32.const 16)))
			(br $next))))

	;; Sets bits of a byte.
	(func $mark (param $at i32) (param $bits i32)
		(i32.store8 (local.get $at) (i32.or (i32.load8_u (local.get $at)) (local.get $bits))))
)
