# make build   a runnable ./mhdnet            make test   all tests, last line "N passed, N failed"
# make build CUDA=1   the same with torch's natives for NVIDIA GPUs (downloads several GB)
# make demo    the main job on a synthetic cohort, in minutes            make clean  removes what the build made
HOST := src/Pipeline.Host/bin/Release/net10.0/linux-x64/mhdnet
SOURCES := $(shell find src build config -type f -not -path '*/bin/*' -not -path '*/obj/*' 2>/dev/null) \
	Directory.Build.props Directory.Build.targets Directory.Packages.props global.json .editorconfig
TESTS := $(shell find tests -type f -not -path '*/bin/*' -not -path '*/obj/*' 2>/dev/null)
STAMPS := obj
TORCH := $(if $(CUDA),-p:Cuda=true)
BUILT := $(STAMPS)/build$(if $(CUDA),-cuda)

.PHONY: build test demo clean
build: $(BUILT)
	@echo "built: ./mhdnet --help"

test: $(STAMPS)/test-build
	@bash build/test.sh

demo: $(BUILT)
	@bash build/demo.sh

clean:
	rm -rf $(STAMPS) mhdnet demo src/*/bin src/*/obj tests/*/bin tests/*/obj benchmarks/*/bin benchmarks/*/obj

$(STAMPS)/packages: build/debian-packages.sh
	@bash build/debian-packages.sh
	@mkdir -p $(@D) && touch $@

$(BUILT): $(STAMPS)/packages $(SOURCES)
	dotnet build -c Release src/Pipeline.Host --nologo -v quiet $(TORCH)
	@ln -sfn $(HOST) mhdnet
	@mkdir -p $(@D) && rm -f $(STAMPS)/build $(STAMPS)/build-cuda && touch $@

$(STAMPS)/test-build: $(STAMPS)/packages $(SOURCES) $(TESTS) MhdNet.Pipeline.sln
	dotnet build -c Release MhdNet.Pipeline.sln --nologo -v quiet
	@ln -sfn $(HOST) mhdnet
	@mkdir -p $(@D) && rm -f $(STAMPS)/build-cuda && touch $@ $(STAMPS)/build
